"""How a turn was understood and where its answer comes from, in lines for whoever tests dialogues."""

from actions.knowledge.library import FEDERAL
from bot.turn import Exchange


def why(exchange: Exchange) -> list[str]:
    """How a message was understood, for someone who tests dialogues."""
    heard = exchange.understood
    ranking = ", ".join(f"{topic} {confidence:.2f}" for topic, confidence in heard.ranking[:5])
    entities = ", ".join(f"{e['entity']}={e['value']}" for e in heard.entities) or "none"
    lines = [
        f"topic      {heard.topic} {heard.confidence:.2f}{'' if heard.sure else ' (not sure: asked)'}",
        f"ranking    {ranking or 'settled by a rule or a choice'}",
        f"entities   {entities}",
        f"place      {exchange.jurisdiction or 'not known'}",
        f"gate       {f'{heard.gate}, because of “{heard.because}”' if heard.gate else 'quiet'}",
        f"answer     {exchange.answer.id}, from {data_file(exchange.answer.id)}",
    ]
    if exchange.answer.checked_on:
        lines.append(f"checked    {exchange.answer.checked_on}, {exchange.answer.review}")
    return lines


def data_file(answer_id: str) -> str:
    """The file in `data/` that an answer was made from; for services, the files."""
    kind, _, rest = answer_id.partition(".")
    first, _, more = rest.partition(".")
    match kind:
        case "law":
            return f"data/law/{first}.yml"
        case "rights" | "guidance" | "safety":
            return f"data/{kind}/{first}.yml"
        case "services":
            return " and ".join(f"data/services/{code}.yml" for code in dict.fromkeys((more, FEDERAL)))
        case "phrases":
            return "data/phrases/conversation.yml"
        case "hidden":
            return "none: switched off, or not reviewed (`lantern off`)"
        case _:
            return "data/phrases/interface.yml"
