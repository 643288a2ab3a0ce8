using Microsoft.OpenApi;

namespace Relais.Media;

/// <summary>The form of an upload in OpenAPI, by hand: had the route said what it accepts, routing would answer anything else with a sentence about JSON.</summary>
internal static class UploadForm
{
    public static OpenApiRequestBody Description => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
                    Required = new HashSet<string> { "file" },
                },
            },
        },
    };
}
