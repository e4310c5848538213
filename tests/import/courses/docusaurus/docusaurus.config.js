// @ts-check
const config = {
  title: 'Our course',
  tagline: 'Learn it',
  url: 'https://example.org',
  baseUrl: '/course/',
  i18n: {defaultLocale: 'en', locales: ['en']},
};
module.exports = config;
