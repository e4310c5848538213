//! The day that counts as today where nobody names one.

use jiff::civil::Date;

/// Returns the day where the author is: that of the system's time zone, which near midnight is not the day of Greenwich.
pub fn today() -> Date {
    jiff::Zoned::now().date()
}
