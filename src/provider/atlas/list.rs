//! Lists of an Atlas server, page by page (protocol: atlas 2.5). What its rows are is the caller's business.

use super::Atlas;
use crate::failure::Failure;
use crate::http::{Method, Reply};
use crate::provider::answer::{self, Due, Shape};
use crate::token::Credential;

/// More pages than this are no list: ten million rows.
const MAX_PAGES: u64 = 100_000;

/// How many pages a list may grow by while it is read, besides a tenth of it.
const GROWTH: u64 = 10;

/// Where one page stands in its list.
pub(super) struct PageInfo {
    /// How many pages there are; `None` if there are no others.
    pub(super) pages: Option<u64>,
    /// How many of its rows were on no page before.
    pub(super) new_rows: usize,
}

impl Atlas<'_> {
    /// Reads all pages of a list, and makes sure that they advance and end.
    pub(super) fn list(
        &self,
        credential: &Credential,
        path: &str,
        include: &str,
        take: &mut dyn FnMut(&Reply) -> Result<PageInfo, Failure>,
    ) -> Result<(), Failure> {
        let path_of = |page| format!("{path}?{include}page%5Bnumber%5D={page}&page%5Bsize%5D=100");
        let first = path_of(1);
        let request = self.request(Method::Get, &first, Some(credential));
        let (mut number, mut idle, mut most) = (0, 0, None);
        self.http.pages(&request, &path_of, &mut |reply| {
            let due = Due::document(Shape::JsonApi);
            if !reply.is_success() || !answer::is_json(reply.content_type.as_deref()) {
                answer::in_between(reply, due, self.host).map_or(Ok(()), Err)?;
            }
            // A page is read once: its shape is looked at only if it could not be read.
            let between = |failure| answer::in_between(reply, due, self.host).unwrap_or(failure);
            let page = take(reply).map_err(between)?;
            number += 1;
            // A list that changes while it is read may repeat one page's worth, and not two.
            idle = if page.new_rows == 0 { idle + 1 } else { 0 };
            let last = page.pages.unwrap_or(1).max(number);
            let most = *most.get_or_insert(last.saturating_add(last / 10 + GROWTH));
            if idle < 2 && last <= most.min(MAX_PAGES) {
                return Ok(page.pages.unwrap_or(1));
            }
            Err(Failure::unavailable(format!("`{}` returned an endless list of pages", self.host)))
        })
    }
}
