"""Numbers and dates as Peru writes them: 1,234.5 and 3:00 p. m. (how «p. m.» is written is in the catalogue)."""

DATE_FORMAT = r"j \d\e F \d\e Y"
DATETIME_FORMAT = "j \\d\\e F \\d\\e Y, g:i\xa0a"
TIME_FORMAT = "g:i\xa0a"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y g:i\xa0a"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
