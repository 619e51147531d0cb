// Stands in for the file of the same name in Swagger UI, which shows an example from elsewhere.
window.onload = () => {
  window.ui = SwaggerUIBundle({
    url: '../v3/api-docs',
    dom_id: '#swagger-ui',
    deepLinking: true,
    // Otherwise the description is sent to a validator on the internet.
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis],
  });
};
