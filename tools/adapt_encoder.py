"""Makes the small matrices in `bot/nlu/encoders`, which bend a sentence encoder towards how people write to Lantern.

Small matrices (LoRA, rank 16) are trained beside the encoder's frozen weights, so that messages of one topic lie near
each other, whatever language they are in and however badly they are typed, and what tells of danger lies apart from
what only sounds like it; only they are kept (a megabyte or three). It is run by hand, after the training messages have
grown a lot, on a machine with PyTorch, which Lantern itself does not need; it takes a quarter of an hour to two hours
on two cores, least where the processor has bfloat16 (`avx512_bf16`):

    .venv/bin/python -m pip install torch     # or any environment that has torch and Lantern's packages
    .venv/bin/python tools/adapt_encoder.py --model all-MiniLM-L6-v2

Other people's sentences do not belong among our messages, but an encoder may learn from them what those do not teach:
`--posts` takes a file of them (JSON lines of `{text, label, alt_labels?, crisis?}`), and `--teacher` their vectors by a
larger encoder (a NumPy array, a row a post, length one), which ours is drawn towards. Neither is kept here.

Those that are kept were made so:

- multilingual-e5-small: begun from the one before it, two epochs at a rate of 1.5e-3, then two passes over the newest
  messages, twice each, and a random half of the others, at 7e-4 and 8e-4. Then one pass over all, the newest twice, at
  1.2e-3, and the mean of the matrices before and after it. From there two epochs at 1e-3 and 8e-4, each over 16,000 of
  our English messages and 14,000 others, 16,437 sentences of public posts (in the second 25,000) and
  all-mpnet-base-v2's vectors of most of those; what is kept is, again, the mean of before and after.
- all-MiniLM-L6-v2: from nothing, two epochs at a rate of 1.5e-3, each over 24,000 of our English messages, those 16,437
  sentences and their vectors; then one at 1e-3 over 26,000 and the 25,000.

The passes with posts were made by a script that did what this one does.

Then `make train` and `make evaluate`, and keep the matrices only if the figures got better.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from torch import nn
from torch.nn import functional

from actions.knowledge.catalogs import ENGLISH
from actions.knowledge.check_messages import training_messages
from bot.nlu.encoders.encoder import ADAPTER_SCALE, DIMENSIONS, ENGLISH_ONLY, EVERY_LANGUAGE, MODELS, adapter_of
from bot.nlu.encoders.graph import HEAD_SIZE, HEADS, layers
from bot.nlu.encoders.pieces import Splitter, splitter
from bot.nlu.gate import KINDS, TOPICS
from bot.nlu.plain_text import simplified

RANK = 16
MAX_TOKENS = 96
BATCH = 48
TEMPERATURE = 20.0  # of the classes' scores: vectors have length one
ALARMS_SHARE = 0.5  # of the loss of alarms, beside that of topics
TEACHER_SHARE = 4.0  # of one minus the cosine to the larger encoder's vector
LABEL_SHARE = 0.7  # of a post that others would label otherwise; they share the rest
OUT_OF_SCOPE = "out_of_scope"
OUT_OF_SCOPE_SHARE = 0.22  # of posts that surely fit no topic, whose label is learned from: most posts fit none
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


class Row(NamedTuple):
    """What is learned from one message.

    Attributes:
        topics: share of each topic (its names are the keys); empty where its topic is not learned from.
        kind: the alarm it should set off.
        teacher: its vector by a larger encoder.
    """

    text: str
    topics: dict[str, float]
    kind: str | None = None
    teacher: np.ndarray | None = None


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
        self.layers = layers(weights)
        for layer in range(self.layers):
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
        for layer in range(self.layers):
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


def rows_of(
    messages: Sequence[Row], posts: Sequence[Row], most: int | None, chance: random.Random
) -> tuple[list[Row], list[str]]:
    """What one epoch learns from, and how each is told: posts of a topic twice."""
    ours = chance.sample(messages, min(most, len(messages))) if most else [*messages]
    topics = [next(iter(row.topics)) for row in ours]
    texts = told([row.text for row in ours], topics, chance)
    for post in posts:
        fits_none = next(iter(post.topics)) == OUT_OF_SCOPE
        learned = not fits_none or (len(post.topics) == 1 and chance.random() < OUT_OF_SCOPE_SHARE)
        for _ in range(1 if fits_none else 2):
            ours.append(post if learned else post._replace(topics={}))
            texts.append(mistyped(post.text, chance) if chance.random() < MISTYPED / 2 else post.text)
    return ours, texts


def train(
    encoder: Encoder,
    messages: Sequence[Row],
    posts: Sequence[Row],
    split: Splitter,
    options: argparse.Namespace,
) -> Iterator[None]:
    """Trains the small matrices of `encoder`; comes back after each epoch."""
    topics = sorted({topic for row in messages for topic in row.topics})
    teacher = next((row.teacher for row in posts if row.teacher is not None), None)
    head, alarm_head = nn.Linear(DIMENSIONS, len(topics)), nn.Linear(DIMENSIONS, len(KINDS))
    to_teacher = nn.Linear(DIMENSIONS, 1 if teacher is None else len(teacher))
    for layer in (head, alarm_head, to_teacher):
        nn.init.normal_(layer.weight, 0, 0.02)
    heads = [*head.parameters(), *alarm_head.parameters(), *to_teacher.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": encoder.parameters(), "lr": options.rate}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01
    )
    steps = options.epochs * (len(rows_of(messages, posts, options.most, random.Random(0))[0]) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (WARM_UP * steps)) * max(0.02, 1 - step / steps)
    )

    def loss_of(rows: Sequence[Row], vectors: torch.Tensor) -> torch.Tensor:
        known = [at for at, row in enumerate(rows) if row.topics]
        shares = torch.tensor([[rows[at].topics.get(topic, 0.0) for topic in topics] for at in known])
        shares = (1 - SMOOTHING) * shares + SMOOTHING / len(topics)
        kinds = torch.tensor([[float(kind == _kind(rows[at])) for kind in KINDS] for at in known])
        by_topic = -(shares * functional.log_softmax(head(vectors[known]) * TEMPERATURE, -1)).sum()
        by_alarm = functional.binary_cross_entropy_with_logits(
            alarm_head(vectors[known]) * TEMPERATURE, kinds, reduction="sum"
        )
        loss = by_topic + ALARMS_SHARE / len(KINDS) * by_alarm
        taught = [at for at, row in enumerate(rows) if row.teacher is not None]
        if taught:
            goals = torch.from_numpy(np.stack([rows[at].teacher for at in taught]))
            loss = loss + TEACHER_SHARE * (1 - functional.cosine_similarity(to_teacher(vectors[taught]), goals)).sum()
        return loss / len(rows)

    for epoch in range(options.epochs):
        rows, texts = rows_of(messages, posts, options.most, random.Random(epoch))
        encodings = split.ids(texts)
        for done, batch in enumerate(batches(encodings)):
            loss = loss_of([rows[at] for at in batch], encoder(*padded([encodings[at] for at in batch])))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            if done % 100 == 0:
                print(f"epoch {epoch + 1}, {done * BATCH} of {len(rows)} messages, loss {loss.item():.2f}", flush=True)
        yield


def _kind(row: Row) -> str | None:
    by_topic = {topic: kind for kind, topic in TOPICS.items()}
    return row.kind or next((by_topic[topic] for topic in row.topics if topic in by_topic), None)


def read_posts(file: Path | None, teacher: Path | None) -> list[Row]:
    """Other people's messages, with the larger encoder's vectors where there are some."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file else []
    vectors = np.load(teacher).astype(np.float32) if teacher else [None] * len(lines)
    return [_post(line, vector) for line, vector in zip(lines, vectors, strict=True)]


def _post(line: dict[str, object], vector: np.ndarray | None) -> Row:
    others = [str(topic) for topic in line.get("alt_labels") or ()]
    share = LABEL_SHARE if others else 1.0
    topics = {str(line["label"]): share, **{topic: (1 - share) / len(others) for topic in others}}
    return Row(simplified(line["text"]), topics, line.get("crisis"), vector)


def main() -> None:
    """Trains the small matrices and writes them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=MODELS, default=EVERY_LANGUAGE)
    parser.add_argument("--posts", type=Path, help="other people's messages, JSON lines")
    parser.add_argument("--teacher", type=Path, help="their vectors by a larger encoder, .npy")
    parser.add_argument("--most", type=int, help="of our messages, an epoch; without it, all")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--start", type=Path, help="matrices to begin from; without it, from nothing")
    parser.add_argument("--rate", type=float, default=RATE, help="the highest learning rate; less with --start")
    parser.add_argument("--out", type=Path, help="without it, where the bot looks for them")
    options = parser.parse_args()
    for seed in (torch.manual_seed, random.seed, np.random.seed):
        seed(0)

    published = MODELS[options.model]()
    encoder = Encoder({name: torch.from_numpy(array) for name, array in published.arrays.items()})
    if options.start:
        encoder.begin(load_file(options.start))
    messages = [
        Row(simplified(text), {topic: 1.0}, alarm)
        for file, topic, text, alarm in training_messages()
        if options.model != ENGLISH_ONLY or file.startswith(f"{ENGLISH}/")
    ]
    posts = read_posts(options.posts, options.teacher)
    for _ in train(encoder, messages, posts, splitter(published.splitter, MAX_TOKENS), options):
        save_file(encoder.adapter(), options.out or adapter_of(options.model))


if __name__ == "__main__":
    main()
