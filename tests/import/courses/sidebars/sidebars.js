module.exports = {
  CallBasics1: {
    Overview: ["calls/index"],
    "Lesson 1": ["calls/session", "calls/breath"],
    Elsewhere: [{ type: "link", label: "A site", href: "https://example.org" }],
  },
  moneySidebar: [
    { type: "category", label: "Overview", items: ["money/index"] },
    "money/paying",
  ],
};
