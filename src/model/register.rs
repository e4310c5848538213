//! The registers: each a file of TOML straight in `modules/`, whose entries have one name.

/// Makes the list of a table: the name of the file, and what an entry of it is called.
macro_rules! registers {
    ($($(#[$about:meta])+ $variant:ident $name:literal $entry:literal;)+) => {
        /// A register.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Register {
            $($(#[$about])+ $variant,)+
        }

        impl Register {
            /// Every register, in the order in which they are read.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$variant),+];

            /// Returns the name of its file.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Returns the path of its file from the root, as findings name it.
            pub const fn path(self) -> &'static str {
                match self { $(Self::$variant => concat!("modules/", $name),)+ }
            }

            /// Returns the name of the tables that are its entries.
            pub const fn entry(self) -> &'static str {
                match self { $(Self::$variant => $entry,)+ }
            }
        }
    };
}

registers! {
    /// The recurring topics, and what each module owes them.
    Topics "topics.toml" "topic";
    /// Support services.
    Signposts "signposts.toml" "signpost";
    /// Public statements and the claims in them.
    Commitments "commitments.toml" "commitment";
    /// The house language.
    Terms "terms.toml" "term";
    /// What people ask for in their own words.
    Answers "answers.toml" "answer";
    /// What people with one role take.
    Paths "paths.toml" "path";
    /// Who approved which page.
    Reviews "reviews.toml" "review";
}

impl Register {
    /// Returns the register whose file has this name.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|register| register.name() == name)
    }
}
