// Before the first paint: language, direction and light or dark, as this browser left them, so that nothing flashes.
;(function () {
  var words = (document.cookie.match(/(?:^|; )relais-look=([^;]*)/) || [])[1] || ''
  var parts = words.split('.')
  var language = parts[0] || (navigator.language || 'fr').slice(0, 2)
  if (['fr', 'en', 'ar'].indexOf(language) < 0) language = 'en'
  var dark = parts[1] === 'dark' || (parts[1] !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.lang = language
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr'
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
