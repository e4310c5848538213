//! The repository around a curriculum, and its commits.

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;

use super::blobs::Blobs;
use super::command::{GitError, git, output, reason, run};
use crate::model::nearness::did_you_mean;

/// Commits of one file that are looked through at most.
const MOST_COMMITS: usize = 300;

/// The repository that a curriculum lies in.
#[derive(Debug, Clone)]
pub struct Repository {
    /// The curriculum's folder.
    folder: Utf8PathBuf,
    /// The path of that folder from the repository's top: empty, or with a final `/`.
    prefix: String,
    /// Whether it has only the last commits.
    is_shallow: bool,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its whole name.
    pub id: String,
    /// The day on which it was made.
    pub day: Date,
}

impl Commit {
    /// Returns as much of its name as people read.
    pub fn short(&self) -> &str {
        self.id.get(..10).unwrap_or(&self.id)
    }
}

impl Repository {
    /// Finds the repository around a folder.
    ///
    /// # Errors
    ///
    /// When there is no git, or none of its repositories.
    pub fn around(folder: &Utf8Path) -> Result<Self, GitError> {
        // A relative path that is empty would be no folder for git.
        let folder = match folder.as_str() {
            "" => Utf8PathBuf::from("."),
            _ => folder.to_owned(),
        };
        let answer =
            run(git(&folder).args(["rev-parse", "--show-prefix", "--is-shallow-repository"]))?;
        if !answer.status.success() {
            let said = reason(&answer);
            return Err(if said.contains("not a git repository") {
                GitError::NoRepository(folder)
            } else {
                GitError::Failed(said)
            });
        }
        let said = String::from_utf8_lossy(&answer.stdout).into_owned();
        let mut lines = said.lines();
        Ok(Self {
            folder,
            prefix: lines.next().unwrap_or_default().to_owned(),
            is_shallow: lines.next() == Some("true"),
        })
    }

    /// Returns the commit that somebody calls so.
    ///
    /// # Errors
    ///
    /// When git knows none of that name.
    pub fn commit(&self, name: &str) -> Result<Commit, GitError> {
        let asked = format!("{name}^{{commit}}");
        let answer = run(self
            .git()
            .args(["rev-parse", "--verify", "--quiet", "--end-of-options"])
            .arg(asked))?;
        if !answer.status.success() {
            return Err(self.unknown(name));
        }
        let id = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
        self.dated(id)
    }

    /// Returns the last commit before the end of a day; nothing where there was none yet.
    ///
    /// # Errors
    ///
    /// When git cannot tell, as in a clone whose commits are all later.
    pub fn commit_on(&self, day: Date) -> Result<Option<Commit>, GitError> {
        let before = format!("--before={day}T23:59:59");
        let found = output(self.git().args(["rev-list", "-1", &before, "HEAD", "--"]))?;
        match String::from_utf8_lossy(&found).trim() {
            "" if self.is_shallow => Err(GitError::Shallow(day.to_string())),
            "" => Ok(None),
            id => self.dated(id.to_owned()).map(Some),
        }
    }

    /// Returns the commits that changed a file, the newest first; it is named by its path from the curriculum's folder.
    ///
    /// # Errors
    ///
    /// When git cannot tell.
    pub fn commits_of(&self, from_root: &str) -> Result<Vec<Commit>, GitError> {
        let most = format!("--max-count={MOST_COMMITS}");
        let found = run(self.git().args([
            "log",
            "--format=%H %cs",
            "--no-show-signature",
            &most,
            "HEAD",
            "--",
            from_root,
        ]))?;
        // Before the first commit there is no HEAD, and nothing of the file.
        let listed = String::from_utf8_lossy(&found.stdout).into_owned();
        let commit = |line: &str| {
            let (id, day) = line.split_once(' ')?;
            Some(Commit {
                id: id.to_owned(),
                day: day.parse().ok()?,
            })
        };
        Ok(listed.lines().filter_map(commit).collect())
    }

    /// Returns whether it has only the last commits.
    pub const fn is_shallow(&self) -> bool {
        self.is_shallow
    }

    /// Opens the repository's objects.
    ///
    /// # Errors
    ///
    /// When git cannot be run.
    pub fn blobs(&self) -> Result<Blobs, GitError> {
        Blobs::open(self.git())
    }

    /// Returns the path of a file of the curriculum from the repository's top.
    pub fn path(&self, from_root: &str) -> String {
        format!("{}{from_root}", self.prefix)
    }

    /// Returns git for the curriculum's folder.
    pub(super) fn git(&self) -> std::process::Command {
        git(&self.folder)
    }

    fn dated(&self, id: String) -> Result<Commit, GitError> {
        let day = output(self.git().args([
            "log",
            "-1",
            "--format=%cs",
            "--no-show-signature",
            &id,
            "--",
        ]))?;
        let day = String::from_utf8_lossy(&day);
        let day = day.trim().parse();
        let day = day.map_err(|_| GitError::Failed(format!("the commit {id} has no day")))?;
        Ok(Commit { id, day })
    }

    fn unknown(&self, name: &str) -> GitError {
        if self.is_shallow {
            return GitError::Shallow(name.to_owned());
        }
        let refs = output(
            self.git()
                .args(["for-each-ref", "--format=%(refname:short)"]),
        );
        let refs = String::from_utf8_lossy(&refs.unwrap_or_default()).into_owned();
        let names = refs.lines().chain(["HEAD"]);
        let help = did_you_mean(name, names)
            .unwrap_or_else(|| "name a branch, a tag, a commit or a day such as 2026-11-01".into());
        GitError::Unknown {
            name: name.to_owned(),
            help,
        }
    }
}
