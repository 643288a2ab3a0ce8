using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
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

            // What is not written where it is empty cannot be required.
            foreach (var property in context.JsonTypeInfo.Properties)
            {
                if (property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false) is [JsonIgnoreAttribute { Condition: not JsonIgnoreCondition.Never }])
                {
                    schema.Required?.Remove(property.Name);
                }
            }

            if (schema.Items is OpenApiSchema items && context.JsonPropertyInfo?.AttributeProvider is PropertyInfo { DeclaringType.IsGenericType: false } list
                && new NullabilityInfoContext().Create(list).GenericTypeArguments is [{ ReadState: NullabilityState.Nullable }])
            {
                items.Type |= JsonSchemaType.Null;
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            DescribeErrors(operation, context.Document!);

            // Read as text, so that a wrong one is refused with a sentence; a client sends a number.
            foreach (var limit in operation.Parameters?.OfType<OpenApiParameter>().Where(p => p is { Name: "limit", In: ParameterLocation.Query }) ?? [])
            {
                limit.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" };
            }

            // A list in a query may be left out, whatever its property says.
            foreach (var list in operation.Parameters?.OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Query && p.Schema?.Type?.HasFlag(JsonSchemaType.Array) == true) ?? [])
            {
                list.Required = false;
            }

            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
            {
                operation.Security = [];
            }

            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
            document.Info = new OpenApiInfo
            {
                Title = "Relais",
                Version = "v1",
                Description = "Conversations of a business with its WhatsApp customers. Sign in with POST /api/auth/login and send the token as a bearer. Errors are problem documents with a stable code.",
            };

            DescribeProblem(document);

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

    /// <summary>Every answer of 400 and above is a problem document, on every route: said once for each route instead of status by status.</summary>
    private static void DescribeErrors(OpenApiOperation operation, OpenApiDocument document)
    {
        operation.Responses ??= [];
        foreach (var range in (string[])["4XX", "5XX"])
        {
            operation.Responses[range] = new OpenApiResponse
            {
                Description = range == "4XX" ? "Refused: the code is stable and says why" : "Relais could not",
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("ProblemDetails", document) } },
            };
        }
    }

    /// <summary>What every refusal holds besides the standard's own fields.</summary>
    private static void DescribeProblem(OpenApiDocument document)
    {
        if (document.Components?.Schemas?.TryGetValue("ProblemDetails", out var known) == true && known is OpenApiSchema { Properties: { } properties })
        {
            properties["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable, for programs: docs/api/errors.md lists them." };
            properties["trace_id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Names this request in the log." };
            properties["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Fields that are wrong, each with sentences.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            };
        }
    }
}
