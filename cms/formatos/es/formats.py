"""Numbers and dates as the State of Peru writes them: 20\xa0000, 2,1 MB and 3:00 p. m.

How «p. m.» is written is in the catalogue. The space does not let a number be cut in two lines.
"""

DATE_FORMAT = r"j \d\e F \d\e Y"
DATETIME_FORMAT = "j \\d\\e F \\d\\e Y, g:i\xa0a"
TIME_FORMAT = "g:i\xa0a"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y g:i\xa0a"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
