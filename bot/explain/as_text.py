"""An explanation as text for a terminal, in the order in which a message is read."""

from collections.abc import Iterable, Iterator

from bot.explain.explanation import Explanation
from bot.explain.weights import Spoke

SHOWN_PATTERNS = 12


def as_text(it: Explanation) -> str:
    """All of it, a section each."""
    sections = (_read, _topics, _words, _neighbours, _found, _gate, _outcome)
    return "\n\n".join("\n".join(section(it)) for section in sections)


def _read(it: Explanation) -> Iterator[str]:
    languages = sorted(it.heard_in.items(), key=lambda one: -one[1])
    yield f"“{it.text}”"
    if it.mended:
        yield f"read as    “{it.mended}”"
    yield "language   " + ", ".join(f"{code} {share:.2f}" for code, share in languages)
    yield "words      " + " | ".join(it.tokens)
    if it.unknown:
        yield f"unknown    {', '.join(it.unknown)} (in no training message, or in one)"
    for part in it.parts:
        alarm = f", gate: {part.gate}" if part.gate else ""
        yield f"a part     “{part.text}”: {part.topic} {part.confidence:.2f}{alarm}"


def _topics(it: Explanation) -> Iterator[str]:
    wide = max(len(one.topic) for one in it.ranking)
    yield f"TOPICS{'':{wide - 4}}n-grams  vector  English  together"
    for one in it.ranking:
        english = "-" if one.by_english is None else f"{one.by_english:.2f}"
        yield f"  {one.topic:{wide}} {one.by_ngrams:7.2f} {one.by_vector:7.2f} {english:>8} {one.together:9.2f}"
    least, apart = it.thresholds["threshold"], it.thresholds["ambiguity_threshold"]
    yield f"It asks below {least:.2f}, or where the second is less than {apart:.2f} behind."
    yield f"By itself it would ask: {'; '.join(it.asks)}." if it.asks else "By itself it would not ask."


def _words(it: Explanation) -> Iterator[str]:
    yield "WHAT SPOKE FOR THEM (weights of the regression on n-grams; ␣ is the edge of a word)"
    for spoke in it.spoke:
        yield f"  {spoke.topic}"
        yield from (f"    {name:8} {line}" for name, line in _spoke(spoke) if line)


def _spoke(spoke: Spoke) -> Iterator[tuple[str, str]]:
    if len(spoke.by_word) > 1:
        yield "by word", _weights(spoke.by_word)
    yield "words", _weights(spoke.words)
    yield "pieces", _weights((piece.replace(" ", "␣"), weight) for piece, weight in spoke.pieces)


def _weights(weights: Iterable[tuple[str, float]]) -> str:
    return "  ".join(f"{words} {weight:+.2f}" for words, weight in weights)


def _neighbours(it: Explanation) -> Iterator[str]:
    compared = ", ".join(f"{count} of {topic}" for topic, count in it.neighbours.messages.items())
    yield f"NEAREST TRAINING MESSAGES (1 is the same meaning; compared in {it.neighbours.language}: {compared})"
    for one in it.neighbours.nearest:
        yield f"  {one.near:.2f}  {one.example.topic}  “{one.example.text}”  {one.example.file}:{one.example.line}"
    if not it.neighbours.nearest:
        yield "  none: there are no training messages of these topics in this language"


def _found(it: Explanation) -> Iterator[str]:
    yield "FOUND IN IT"
    entities = ", ".join(f"{e['entity']}={e['value']}" for e in it.entities)
    yield f"  entities   {entities or 'none'}"
    for place in it.places:
        which = f"{', '.join(place.codes)}: it asks which" if len(place.codes) > 1 else place.codes[0]
        yield f"  place      “{place.words}” is {which}"
    if not it.places:
        yield "  place      none is named"


def _gate(it: Explanation) -> Iterator[str]:
    alarms = it.alarms
    yield f"SAFETY GATE: {f'{alarms.fired}, because of “{alarms.because}”' if alarms.fired else 'quiet'}"
    for level in alarms.levels:
        fires = "it would not fire for this message" if level.fires_at is None else f"fires from {level.fires_at:.2f}"
        mark = "  nearly" if level.nearly else ""
        yield f"  {level.kind:8} heard {level.heard:.2f}, {fires}{mark}"
    for one in alarms.patterns[:SHOWN_PATTERNS]:
        yield f"  pattern  {one.file} {one.where} fits “{one.words}”: {one.does}"
    if not alarms.patterns:
        yield "  no pattern fits"


def _outcome(it: Explanation) -> Iterator[str]:
    out = it.outcome
    yield "WHAT CAME OF IT"
    yield f"  topic      {out.topic} {out.confidence:.2f}, settled by {out.settled_by}"
    yield f"  place      {out.place or 'not known'}"
    yield f"  rule       data/rules.yml: {'; '.join(out.rules) or 'none'}"
    yield f"  actions    {', '.join(out.actions) or 'none'}"
    yield f"  answer     {out.answer}, in {out.language}, from {out.file}"
