// @ts-check
const config = {
  title: 'Two courses',
  baseUrl: '/',
  themeConfig: {
    navbar: {
      items: [
        { type: 'docSidebar', sidebarId: 'moneySidebar', position: 'left', label: 'All about money' },
      ],
    },
  },
};
module.exports = config;
