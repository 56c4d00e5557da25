"""Makes `bot/nlu/adapter.safetensors`: bends the sentence encoder towards how people write to Lantern.

Small matrices (LoRA, rank 16) are trained beside the encoder's frozen weights, so that messages of one topic lie near
each other, whatever language they are in and however badly they are typed, and what tells of danger lies apart from
what only sounds like it; only they are kept (2.6 MB). It is run by hand, after the training messages have grown a lot,
on a machine with PyTorch, which Lantern itself does not need; it takes an hour or two on two cores:

    .venv/bin/python -m pip install torch     # or any environment that has torch and Lantern's packages
    .venv/bin/python tools/adapt_encoder.py

The one that is kept was begun from the one before it: two epochs at a rate of 1.5e-3, then two passes over the newest
messages, twice each, and a random half of the others, at 7e-4 and 8e-4. Then one pass over all, the newest twice, at
1.2e-3; what is kept is the mean of the matrices before and after it.

Then `make train` and `make evaluate`, and keep the adapter only if the figures got better.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from torch import nn
from torch.nn import functional

from actions.knowledge.check_messages import training_messages
from bot.nlu import encoder_weights
from bot.nlu.encoder import ADAPTER, ADAPTER_SCALE, DIMENSIONS, PIECES_FILE
from bot.nlu.encoder_graph import HEAD_SIZE, HEADS, LAYERS
from bot.nlu.gate import KINDS, TOPICS
from bot.nlu.pieces import Pieces, write
from bot.nlu.plain_text import simplified

RANK = 16
MAX_TOKENS = 96
BATCH = 48
TEMPERATURE = 20.0  # of the classes' scores: vectors have length one
ALARMS_SHARE = 0.5  # of the loss of alarms, beside that of topics
MISTYPED, JOINED = 0.3, 0.1  # share of messages with slips of the thumb, and of those told with another of their topic
SLIP_IN = 14  # letters
RATE, HEAD_RATE = 2e-3, 2e-3
SMOOTHING, DROPOUT, WARM_UP = 0.1, 0.1, 0.06
PROJECTIONS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


class Encoder(nn.Module):
    """The encoder with a pair of small matrices beside each of its projections.

    Args:
        weights: the published arrays, frozen.
    """

    def __init__(self, weights: dict[str, torch.Tensor]) -> None:
        super().__init__()
        self.weights = weights
        self.halves = {name: array.bfloat16() for name, array in weights.items()}
        self.dropout = nn.Dropout(DROPOUT)
        self.pairs = nn.ParameterDict()
        for layer in range(LAYERS):
            for part in PROJECTIONS:
                name = f"encoder.layer.{layer}.{part}"
                rows, columns = weights[f"{name}.weight"].shape
                self.pairs[f"{name}.A".replace(".", "/")] = nn.Parameter(torch.randn(RANK, columns) / columns**0.5)
                self.pairs[f"{name}.B".replace(".", "/")] = nn.Parameter(torch.zeros(rows, RANK))

    def begin(self, adapter: dict[str, np.ndarray]) -> None:
        """Takes over the small matrices of `adapter`."""
        with torch.no_grad():
            for key, array in adapter.items():
                self.pairs[key.replace(".", "/")].copy_(torch.from_numpy(array.astype(np.float32)))

    def adapter(self) -> dict[str, np.ndarray]:
        """The small matrices, by name, in half precision."""
        return {key.replace("/", "."): value.detach().numpy().astype(np.float16) for key, value in self.pairs.items()}

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Vectors of length one, shape (batch, DIMENSIONS), of `ids` (batch, tokens)."""
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = self.dropout(self.norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm"))
        padding = (mask[:, None, None, :] - 1) * 1e9
        for layer in range(LAYERS):
            x = self.layer(x, padding, f"encoder.layer.{layer}")
        return functional.normalize((x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)

    def layer(self, x: torch.Tensor, padding: torch.Tensor, name: str) -> torch.Tensor:
        """One transformer layer."""
        batch, length, _ = x.shape

        def heads(part: str) -> torch.Tensor:
            y = self.dense(x, f"{name}.attention.self.{part}")
            return y.view(batch, length, HEADS, HEAD_SIZE).transpose(1, 2)

        scores = (heads("query") @ heads("key").transpose(2, 3)).float() * HEAD_SIZE**-0.5 + padding
        context = torch.softmax(scores, -1).bfloat16() @ heads("value")
        context = context.transpose(1, 2).reshape(batch, length, DIMENSIONS)
        context = self.dropout(self.dense(context, f"{name}.attention.output.dense").float())
        x = self.norm(x + context, f"{name}.attention.output.LayerNorm")
        inner = functional.gelu(self.dense(x, f"{name}.intermediate.dense"))
        return self.norm(
            x + self.dropout(self.dense(inner, f"{name}.output.dense").float()), f"{name}.output.LayerNorm"
        )

    def dense(self, x: torch.Tensor, name: str) -> torch.Tensor:
        """The frozen projection, and what the small matrices add to it."""
        x = x.bfloat16()  # twice as fast where the processor knows it
        first, second = (self.pairs[f"{name}.{part}".replace(".", "/")].bfloat16() for part in "AB")
        added = functional.linear(functional.linear(x, first), second)
        frozen = functional.linear(x, self.halves[f"{name}.weight"], self.halves[f"{name}.bias"])
        return frozen + ADAPTER_SCALE * added

    def norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        """Layer normalisation."""
        return functional.layer_norm(
            x, (DIMENSIONS,), self.weights[f"{name}.weight"], self.weights[f"{name}.bias"], 1e-12
        )


def mistyped(text: str, chance: random.Random) -> str:
    """`text` with a slip about every `SLIP_IN` letters: one dropped, doubled, swapped, changed, or a space gone.

    Other slips than those of `bot/evaluation/typos.py`, so that what is learned is not what is measured.
    """
    letters = [*text]
    for at in range(len(letters) - 1):
        if letters[at].isalpha() and letters[at].isascii() and chance.random() < 1 / SLIP_IN:
            match chance.randrange(5):
                case 0:
                    letters[at] = ""
                case 1:
                    letters[at] *= 2
                case 2:
                    letters[at], letters[at + 1] = letters[at + 1], letters[at]
                case 3:
                    letters[at] = chance.choice("abcdefghijklmnopqrstuvwxyz")
                case _ if letters[at + 1] == " ":
                    letters[at + 1] = ""
    return "".join(letters)


def told(texts: Sequence[str], topics: Sequence[str], chance: random.Random) -> list[str]:
    """`texts` as somebody else might have told them: some mistyped, some after another message of their topic."""
    of_topic: dict[str, list[str]] = {}
    for text, topic in zip(texts, topics, strict=True):
        of_topic.setdefault(topic, []).append(text)
    changed = []
    for text, topic in zip(texts, topics, strict=True):
        if chance.random() < JOINED and text.isascii():
            text = f"{chance.choice(of_topic[topic])} {text}"
        changed.append(mistyped(text, chance) if chance.random() < MISTYPED else text)
    return changed


def batches(encodings: list[list[int]]) -> list[list[int]]:
    """Rows of messages of about the same length, in a new random order."""
    order = np.random.permutation(len(encodings))
    groups = [
        sorted(order[i : i + BATCH * 16], key=lambda i: len(encodings[i])) for i in range(0, len(order), BATCH * 16)
    ]
    rows = [group[i : i + BATCH] for group in groups for i in range(0, len(group), BATCH)]
    random.shuffle(rows)
    return rows


def padded(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """(ids, mask) of some encoded messages."""
    length = max(map(len, rows))
    ids = torch.zeros(len(rows), length, dtype=torch.long)
    mask = torch.zeros(len(rows), length)
    for at, row in enumerate(rows):
        ids[at, : len(row)], mask[at, : len(row)] = torch.tensor(row), 1.0
    return ids, mask


def train(
    encoder: Encoder, rows: Sequence[tuple[str, str, str | None]], splitter: Pieces, epochs: int, rate: float
) -> Iterator[None]:
    """Trains the small matrices of `encoder`; comes back after each epoch.

    Args:
        rows: topic, message and alarm.
        splitter: finds the pieces of messages.
    """
    of_rows, texts = [topic for topic, _, _ in rows], [text for _, text, _ in rows]
    topics = sorted(set(of_rows))
    labels = torch.tensor([topics.index(topic) for topic in of_rows])
    alarms = torch.tensor(
        [[float(kind == alarm or TOPICS[kind] == topic) for kind in KINDS] for topic, _, alarm in rows]
    )
    head, alarm_head = nn.Linear(DIMENSIONS, len(topics)), nn.Linear(DIMENSIONS, len(KINDS))
    nn.init.normal_(head.weight, 0, 0.02)
    nn.init.normal_(alarm_head.weight, 0, 0.02)
    groups = [
        {"params": encoder.parameters(), "lr": rate},
        {"params": [*head.parameters(), *alarm_head.parameters()], "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * (len(rows) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (WARM_UP * steps)) * max(0.02, 1 - step / steps)
    )
    for epoch in range(epochs):
        encodings = splitter.ids(told(texts, of_rows, random.Random(epoch)))
        for done, batch in enumerate(batches(encodings)):
            vectors = encoder(*padded([encodings[i] for i in batch]))
            loss = functional.cross_entropy(head(vectors) * TEMPERATURE, labels[batch], label_smoothing=SMOOTHING)
            loss = loss + ALARMS_SHARE * functional.binary_cross_entropy_with_logits(
                alarm_head(vectors) * TEMPERATURE, alarms[batch]
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            if done % 100 == 0:
                print(f"epoch {epoch + 1}, {done * BATCH} of {len(rows)} messages, loss {loss.item():.2f}", flush=True)
        yield


def main() -> None:
    """Trains the adapter and writes it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--start", type=Path, help="an adapter to begin from; without it, from nothing")
    parser.add_argument("--rate", type=float, default=RATE, help="the highest learning rate; less with --start")
    parser.add_argument("--out", type=Path, default=ADAPTER)
    options = parser.parse_args()
    for seed in (torch.manual_seed, random.seed, np.random.seed):
        seed(0)

    arrays, pieces = encoder_weights.read()
    encoder = Encoder({name: torch.from_numpy(array) for name, array in arrays.items()})
    if options.start:
        encoder.begin(load_file(options.start))
    with tempfile.TemporaryDirectory() as folder:
        write(pieces, Path(folder) / PIECES_FILE)
        splitter = Pieces(Path(folder) / PIECES_FILE, MAX_TOKENS)
    rows = [(topic, simplified(text), alarm) for _, topic, text, alarm in training_messages()]
    for _ in train(encoder, rows, splitter, options.epochs, options.rate):
        save_file(encoder.adapter(), options.out)


if __name__ == "__main__":
    main()
