"""What is said on a sheet beside the facts, in its two forms, page and PDF."""

INTRODUCTION = (
    "Lantern answers questions of people in the sex trades and of people who have been trafficked. It says only the "
    "sentences below, as they stand here. No lawyer has checked those that do not name one.",
    "Please read each against the law and mark one box. Correct: it may be said as it stands. Wrong: from the day this "
    "is typed in it is not said any more (a crisis answer stays until it is written anew). Change to: it is said until "
    "it is written anew with your words. Leave all boxes empty where you do not want to decide. Put your initials "
    "beside each mark.",
    "“First” is what a person reads first. “Text message” is the whole answer for a phone that gets texts only: it is "
    "said alone. “Fields” is what the public page shows beside the sentences, and the statute that the answer names.",
    "Where everything in a section is correct, people see with it “Checked by”, your name, what you are, and the date. "
    "Where a word of it is changed later, they do not see that any more.",
)
DECIDED_BY = ("Name, as people will read it", "What you are (for example: attorney, Oregon)", "Date", "Signature")
BOXES = ("correct", "wrong", "change to:")
INITIALS = "initials"
