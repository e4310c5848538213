//! What an organisation makes its own: its logo, its colours, the words around every page.
//!
//! In: `[site.colours]` as it was written. Out: colours that can be read on the site's ground, and what is wrong with those that cannot.

/// A colour, as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour(pub [u8; 3]);

/// The colours of the theme that a curriculum can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Links, buttons and the edges of blocks.
    Accent,
    /// The band at the top; white words stand on it.
    Band,
    /// Topics and their threads.
    Thread,
}

/// Contrast that WCAG 2.2 asks of text.
pub const LEAST_CONTRAST: f64 = 4.5;

/// The tint of pages in light and in dark colours that words are hardest to read on, as the default theme has it.
const GROUND: [Colour; 2] = [Colour([0xe6, 0xef, 0xee]), Colour([0x1c, 0x30, 0x33])];

/// What stands on the band.
const ON_BAND: Colour = Colour([0xff; 3]);

impl Tone {
    /// Every tone, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::Accent, Self::Band, Self::Thread];

    /// Returns its key in `[site.colours]`, which is also its name in the theme's stylesheet.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accent => "accent",
            Self::Band => "band",
            Self::Thread => "thread",
        }
    }

    /// Returns what it must be told apart from, in light and in dark colours.
    const fn against(self) -> [Colour; 2] {
        match self {
            Self::Accent | Self::Thread => GROUND,
            Self::Band => [ON_BAND; 2],
        }
    }
}

impl Colour {
    /// Reads `#rrggbb` or `#rgb`.
    pub fn parse(written: &str) -> Option<Self> {
        let digits = written.trim().strip_prefix('#')?;
        let wide = match digits.len() {
            3 => digits.chars().flat_map(|c| [c, c]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        if !wide.is_ascii() {
            return None;
        }
        let part = |at| u8::from_str_radix(&wide[at..at + 2], 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// Returns it as stylesheets write it.
    pub fn css(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Returns its contrast with another colour, from 1 to 21, as <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio> defines it.
    pub fn contrast(self, other: Self) -> f64 {
        let [one, two] = [self.luminance(), other.luminance()];
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// Returns the nearest colour on the way to `end` that can be read on `ground`.
    fn towards(self, end: Self, ground: Self) -> Self {
        let mixed = |step: u16| {
            let mix = |from: u8, to: u8| {
                ((u16::from(from) * (20 - step) + u16::from(to) * step) / 20) as u8
            };
            Self([0, 1, 2].map(|part| mix(self.0[part], end.0[part])))
        };
        let readable = |colour: &Self| colour.contrast(ground) >= LEAST_CONTRAST;
        (0..=20).map(mixed).find(readable).unwrap_or(end)
    }
}

/// A tone with its colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tint {
    /// Which it is.
    pub tone: Tone,
    /// In light colours, and in dark ones.
    pub colours: [Colour; 2],
}

impl Tint {
    /// Makes the colours of a tone; a dark one that is not given is made of the light one.
    pub fn new(tone: Tone, light: Colour, dark: Option<Colour>) -> Self {
        let [_, ground] = tone.against();
        let end = match tone {
            Tone::Band => Colour([0; 3]),
            Tone::Accent | Tone::Thread => Colour([0xff; 3]),
        };
        let dark = dark.unwrap_or_else(|| light.towards(end, ground));
        Self {
            tone,
            colours: [light, dark],
        }
    }

    /// Returns what cannot be read: the colour, one near it that can, and its contrast.
    pub fn faults(&self) -> impl Iterator<Item = (Colour, Colour, f64)> {
        let against = self.tone.against();
        self.colours
            .into_iter()
            .zip(against)
            .filter_map(move |(colour, ground)| {
                let contrast = colour.contrast(ground);
                let end = if ground.luminance() > 0.5 {
                    Colour([0; 3])
                } else {
                    Colour([0xff; 3])
                };
                let better = colour.towards(end, ground);
                (contrast < LEAST_CONTRAST).then_some((colour, better, contrast))
            })
    }

    /// Returns its declarations in a stylesheet: the tone, and what the default theme derives from it.
    pub fn css(&self) -> String {
        let [light, dark] = self.colours.map(Colour::css);
        let name = self.tone.name();
        let mut css = format!("--{name}: light-dark({light}, {dark});");
        match self.tone {
            Tone::Accent => css.push_str(&format!(
                " --accent-strong: color-mix(in oklab, var(--accent) 75%, var(--ink)); --accent-soft: light-dark(color-mix(in oklab, {light} 12%, #fff), color-mix(in oklab, {dark} 18%, #11191b));"
            )),
            Tone::Thread => css.push_str(&format!(
                " --thread-soft: light-dark(color-mix(in oklab, {light} 10%, #fff), color-mix(in oklab, {dark} 20%, #11191b));"
            )),
            Tone::Band => css.push_str(" --band-soft: #fff;"),
        }
        css
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_their_contrast_is_that_of_the_standard() {
        for (written, expected) in [
            ("#fff", Some([0xff; 3])),
            ("#0a5A64", Some([0x0a, 0x5a, 0x64])),
            ("0a5a64", None),
            ("#12345", None),
            ("#ggg", None),
            ("#é12", None),
        ] {
            assert_eq!(Colour::parse(written), expected.map(Colour), "{written}");
        }
        let contrast = Colour([0x76; 3]).contrast(Colour([0xff; 3]));
        assert!((contrast - 4.54).abs() < 0.01, "{contrast}");
    }

    #[test]
    fn a_stylesheet_is_given_the_colours_of_light_and_dark_pages() {
        for (tone, declares) in [
            (Tone::Accent, "--accent: light-dark(#0a5a64, #8ad4de);"),
            (Tone::Thread, "--thread: light-dark(#0a5a64, #8ad4de);"),
            (Tone::Band, "--band: light-dark(#0a5a64, #8ad4de);"),
        ] {
            let (light, dark) = (Colour([0x0a, 0x5a, 0x64]), Colour([0x8a, 0xd4, 0xde]));
            let css = Tint::new(tone, light, Some(dark)).css();
            assert!(css.starts_with(declares), "{css}");
            assert_eq!(css.matches("-soft: ").count(), 1, "{css}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_with_a_colour_that_can() {
        let tint = Tint::new(Tone::Accent, Colour([0xff, 0xd8, 0x4a]), None);
        let faults: Vec<_> = tint.faults().collect();
        assert_eq!(faults.len(), 1, "the dark one is made to be read");
        let (colour, better, contrast) = faults[0];
        assert_eq!(colour, Colour([0xff, 0xd8, 0x4a]));
        assert!(contrast < 2.0);
        assert!(better.contrast(GROUND[0]) >= LEAST_CONTRAST);
    }
}
