using System.Text.Json;
using Shouldly;

namespace Relais.Tests.Support;

/// <summary>
/// Every answer that a test gets from the API is looked at: its status is one that /openapi/v1.json names for the route, and its JSON is
/// what the document says, no field more and none less; else the test that asked fails. So the description is as right as the tests are many.
/// </summary>
internal sealed class ExactAnswers(Uri url, bool keepsCookies = true) : DelegatingHandler(new SocketsHttpHandler { UseCookies = keepsCookies })
{
    private static readonly Lock Gate = new();

    /// <summary>One for the whole run: the document depends on the program alone.</summary>
    private static Task<ApiDocument?>? known;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType is not ("application/json" or "application/problem+json"))
        {
            return response;
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        if (await Document() is { } document
            && document.Problem(request.Method.Method, request.RequestUri!.AbsolutePath, response, await response.Content.ReadAsByteArrayAsync(cancellationToken)) is { } problem)
        {
            throw new ShouldAssertException($"The API answered otherwise than /openapi/v1.json says: {problem}");
        }

        return response;
    }

    private async Task<ApiDocument?> Document()
    {
        Task<ApiDocument?> loading;
        lock (Gate)
        {
            loading = known ??= ApiDocument.Load(url);
        }

        var document = await loading;
        if (document is null)
        {
            lock (Gate)
            {
                known = null;
            }
        }

        return document;
    }
}

/// <summary>/openapi/v1.json, to hold answers against.</summary>
internal sealed class ApiDocument
{
    private readonly JsonElement root;
    private readonly List<(string Method, string Path, string[] Parts, JsonElement Responses)> routes = [];

    private ApiDocument(JsonElement root)
    {
        this.root = root;
        foreach (var path in root.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject().Where(o => o.Value.TryGetProperty("responses", out _)))
            {
                routes.Add((operation.Name.ToUpperInvariant(), path.Name, path.Name.Trim('/').Split('/'), operation.Value.GetProperty("responses")));
            }
        }
    }

    /// <summary>Null while the server does not answer.</summary>
    public static async Task<ApiDocument?> Load(Uri url)
    {
        using var http = new HttpClient { BaseAddress = url };
        try
        {
            return new ApiDocument(JsonElement.Parse(await http.GetStringAsync("/openapi/v1.json")));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Null when the answer is as described, or the route is none of the document's.</summary>
    public string? Problem(string method, string path, HttpResponseMessage response, byte[] body)
    {
        var parts = path.Trim('/').Split('/');
        var fitting = routes.Where(r => r.Method == method && Fits(r.Parts, parts)).OrderBy(r => r.Parts.Count(p => p.StartsWith('{'))).ToList();
        if (fitting.Count == 0)
        {
            return null;
        }

        var (name, status) = ($"{method} {fitting[0].Path}", ((int)response.StatusCode).ToString());
        if (!fitting[0].Responses.TryGetProperty(status, out var described) && !fitting[0].Responses.TryGetProperty($"{status[0]}XX", out described))
        {
            return $"{name}: {status} is not described";
        }

        var type = response.Content.Headers.ContentType!.MediaType!;
        if (!described.TryGetProperty("content", out var content) || !content.TryGetProperty(type, out var media) || !media.TryGetProperty("schema", out var schema))
        {
            return $"{name}: {status} is not described as {type}";
        }

        return Wrong(schema, JsonElement.Parse(body), "$", isLoose: status[0] != '2') is { } wrong ? $"{name}: {status} {wrong}" : null;
    }

    private static bool Fits(string[] pattern, string[] parts) =>
        pattern.Length == parts.Length && pattern.Zip(parts).All(p => p.First == p.Second || (p.First.StartsWith('{') && p.Second.Length > 0));

    /// <summary>Null when the value fits the schema; otherwise where it does not.</summary>
    private string? Wrong(JsonElement schema, JsonElement value, string at, bool isLoose)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            var target = root;
            foreach (var step in reference.GetString()!.TrimStart('#').Trim('/').Split('/'))
            {
                target = target.ValueKind == JsonValueKind.Array ? target[int.Parse(step)] : target.GetProperty(step);
            }

            return Wrong(target, value, at, isLoose);
        }

        foreach (var word in (string[])["oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(word, out var choices))
            {
                var wrongs = choices.EnumerateArray().Select(c => Wrong(c, value, at, isLoose)).ToList();
                return wrongs.Exists(w => w is null) ? null : wrongs[^1];
            }
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(t => IsOf(t, value)))
        {
            return $"{at} is {value.ValueKind}, not {type.GetRawText()}";
        }

        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(w => JsonElement.DeepEquals(w, value)))
        {
            return $"{at} is {value.GetRawText()}, not one of {words.GetRawText()}";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => WrongMember(schema, value, at, isLoose),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().Select((item, i) => Wrong(items, item, $"{at}[{i}]", isLoose)).FirstOrDefault(w => w is not null),
            _ => null,
        };
    }

    private string? WrongMember(JsonElement schema, JsonElement value, string at, bool isLoose)
    {
        var missing = schema.TryGetProperty("required", out var required)
            ? required.EnumerateArray().Select(r => r.GetString()!).FirstOrDefault(name => !value.TryGetProperty(name, out _)) : null;
        if (missing is not null)
        {
            return $"{at}.{missing} is missing";
        }

        var hasMore = schema.TryGetProperty("additionalProperties", out var more);
        foreach (var member in value.EnumerateObject())
        {
            var wrong = schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var inner)
                ? Wrong(inner, member.Value, $"{at}.{member.Name}", isLoose)
                : hasMore ? Wrong(more, member.Value, $"{at}.{member.Name}", isLoose)
                : properties.ValueKind == JsonValueKind.Object && !isLoose ? $"{at}.{member.Name} is not described"
                : null;
            if (wrong is not null)
            {
                return wrong;
            }
        }

        return null;
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };
}
