"""boto3: Rasa's tracker store in DynamoDB."""

from stand_in import stand_in

stand_in(__name__)
