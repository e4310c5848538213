//! The attributes between braces: which there are, what each holds, and what may carry which.

macro_rules! keys {
    ($($(#[$doc:meta])* $variant:ident $name:literal $expected:literal;)*) => {
        /// The key of an attribute. An id is written `#id` and has none.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Key {
            $($(#[$doc])* $variant,)*
        }

        impl Key {
            /// Returns the name as authors write it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns the key of a name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }

            /// Returns what its value is, as a finding says it.
            pub const fn expected(self) -> &'static str {
                match self { $(Self::$variant => $expected,)* }
            }
        }
    };
}

keys! {
    /// Topics of the register.
    Topics "topics" "a list of topics, such as `empathy,listening`";
    /// Claims of the register that the place is evidence for.
    Claims "claims" "a list of claims, such as `\"A41, A43\"`";
    /// The sentence that shows the claims.
    Quote "quote" "a sentence of its own text, in quotation marks";
    /// The language of the words.
    Lang "lang" "the tag of a language, such as `cy`";
    /// The direction of the words.
    Dir "dir" "`ltr`, `rtl` or `auto`";
    /// How long it takes.
    Minutes "minutes" "a whole number of minutes";
    /// What is needed for it.
    Materials "materials" "what is needed, in quotation marks";
    /// Who does it together.
    Group "group" "who works together, such as `pairs` or `\"groups of four\"`";
    /// Whether answers or choices keep their order.
    Order "order" "`written`, which keeps the order in which they are written";
    /// How good a choice is, or the end that a step makes.
    Outcome "outcome" "`best`, `good` or `poor`";
    /// The step that a choice leads to.
    Next "next" "the id of a step, such as `#start`";
    /// Where readers may go on instead.
    Skip "skip" "the id of a section, such as `#next-steps`";
    /// Signposts of the register.
    Ids "ids" "a list of signposts, such as `samaritans,shout`";
    /// Says that words are for those who keep and review the text.
    Editorial "editorial" "written alone, without a value";
    /// How wide an image is shown.
    Width "width" "a whole number of pixels, such as `400`, or a share such as `50%`";
    /// How high an image is shown.
    Height "height" "a whole number of pixels, such as `300`";
    /// What an image shows, instead of the words between its square brackets.
    Alt "alt" "what the image shows, in quotation marks";
}

/// What headings and blocks may carry beside `#id`.
pub const TEACHING: [Key; 5] = [Key::Topics, Key::Claims, Key::Quote, Key::Lang, Key::Dir];

/// What blocks may carry that teach nothing.
pub const PLAIN: [Key; 2] = [Key::Lang, Key::Dir];

/// What a span of words may carry beside `#id`.
pub const OF_SPANS: [Key; 5] = [Key::Claims, Key::Quote, Key::Lang, Key::Dir, Key::Editorial];

/// What a link may carry.
pub const OF_LINKS: [Key; 2] = PLAIN;

/// What an image may carry.
pub const OF_IMAGES: [Key; 5] = [Key::Lang, Key::Dir, Key::Width, Key::Height, Key::Alt];
