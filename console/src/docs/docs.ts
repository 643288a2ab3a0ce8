// The page /docs: the API's own description, with a form for each call. Everything comes from this server, nothing from elsewhere.
import 'swagger-ui-dist/swagger-ui.css'
import './docs.css'
import SwaggerUIBundle from 'swagger-ui-dist/swagger-ui-bundle.js'

SwaggerUIBundle({
  url: '/openapi/v1.json',
  dom_id: '#docs',
  // Whoever is signed in here tries calls as themselves; "Authorize" takes an API key instead. It is kept nowhere.
  persistAuthorization: false,
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  filter: true,
  validatorUrl: null,
  tryItOutEnabled: true,
})
