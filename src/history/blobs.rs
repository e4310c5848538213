//! The contents of files, by the names of their objects: one git answers for all of them.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::command::GitError;

/// A git that gives away contents for names.
pub struct Blobs {
    child: Child,
    asks: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Blobs {
    /// Starts git.
    pub(super) fn open(mut git: Command) -> Result<Self, GitError> {
        let mut child = git
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(asks), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(GitError::Failed("it takes no questions".into()));
        };
        Ok(Self {
            child,
            asks: Some(asks),
            answers: BufReader::new(answers),
        })
    }

    /// Returns the content of an object, which is named by its id or as `COMMIT:PATH`; nothing where there is none.
    ///
    /// # Errors
    ///
    /// When git has stopped.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, GitError> {
        // A name with a line break in it would be two questions.
        if name.contains('\n') {
            return Ok(None);
        }
        let asks = self.asks.as_mut().expect("it is open until it is dropped");
        asks.write_all(name.as_bytes())?;
        asks.write_all(b"\n")?;
        asks.flush()?;
        let mut header = String::new();
        self.answers.read_line(&mut header)?;
        // `<id> <kind> <size>`, or `<name> missing`.
        let mut words = header.trim_end().rsplit(' ');
        let Some(size) = words.next().and_then(|size| size.parse::<usize>().ok()) else {
            return match header.as_str() {
                "" => Err(GitError::Failed(
                    "it stopped while objects were read".into(),
                )),
                _ => Ok(None),
            };
        };
        let is_blob = words.next() == Some("blob");
        let mut content = Vec::new();
        content.try_reserve_exact(size).map_err(|_| {
            GitError::Failed(format!("an object has {size} bytes, which is too much"))
        })?;
        (&mut self.answers)
            .take(size as u64)
            .read_to_end(&mut content)?;
        let mut end = [0];
        self.answers.read_exact(&mut end)?;
        Ok(is_blob.then_some(content))
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        // Without questions to come, git ends on its own.
        drop(self.asks.take());
        let _ = self.child.wait();
    }
}
