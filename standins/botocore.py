"""botocore: as boto3."""

from stand_in import stand_in

stand_in(__name__)
