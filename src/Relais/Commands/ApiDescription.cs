using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Relais.Commands;

/// <summary>What /openapi/v1.json says of the API as a whole.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        // Instants have a converter of their own (ApiJson), so the framework does not see that they are strings.
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (schema is { Format: "date-time", Type: null })
            {
                var isOptional = context.JsonPropertyInfo?.PropertyType == typeof(DateTimeOffset?);
                schema.Type = isOptional ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            }

            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Relais",
                Version = "v1",
                Description = "Conversations of a business with its WhatsApp customers. Sign in with POST /api/auth/login and send the token as a bearer. Errors are problem documents with a stable code.",
            };

            // The address differs from place to place, the description does not.
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            };
            return Task.CompletedTask;
        });
    }
}
