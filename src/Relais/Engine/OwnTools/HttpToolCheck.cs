using System.Text.Json;
using System.Text.RegularExpressions;
using Relais.Engine.Ai;
using Relais.Foundation;

namespace Relais.Engine.OwnTools;

/// <summary>Whether a tool of the business's own can be what it says. Pure but for what a test lets the fetcher reach.</summary>
internal static partial class HttpToolCheck
{
    private const int LongestDescription = 1_000;
    private const int LongestTitle = 60;
    private const int LongestUrl = 1_000;
    private const int LongestBody = 4_000;

    /// <summary>Names that are ours, now or soon.</summary>
    private static readonly string[] Taken =
    [
        AgentTools.TrackOrder, AgentTools.SearchKnowledge, AgentTools.OfferFaqs, AgentTools.HandOff, AgentTools.ListMyOrders, AgentTools.ConfirmOrder,
        AgentTools.CancelOrder, AgentTools.ChangeOrder, ProductTools.Search, ProductTools.Recommend, FieldTool.Name, CloseTool.Name,
    ];

    /// <summary>Null when it can be used; otherwise the refusal that names the field.</summary>
    public static IResult? Wrong(HttpToolRequest asked, SafeHttp http)
    {
        if (asked.Name is null || !Name().IsMatch(asked.Name) || Taken.Contains(asked.Name) || asked.Name.StartsWith("mcp_", StringComparison.Ordinal))
        {
            return Problems.Invalid400("name", "name has 3 to 40 of a-z, 0-9 and _, begins with a letter, and is no tool that Relais brings or that begins with mcp_.");
        }

        if (string.IsNullOrWhiteSpace(asked.Description) || asked.Description.Length > LongestDescription)
        {
            return Problems.Invalid400("description", $"description says to the model what the tool does, in {LongestDescription} characters at most.");
        }

        if (asked.Title?.All.Any(t => t.Trim().Length is 0 or > LongestTitle) ?? false)
        {
            return Problems.Invalid400("title", $"title has {LongestTitle} characters at most.");
        }

        if (asked.Risk is not (RiskWord.Read or RiskWord.Effect))
        {
            return Problems.Invalid400("risk", "risk is read (looks something up) or effect (changes something: the customer confirms it first).");
        }

        if (asked.Risk == RiskWord.Effect && asked.Title?.Clean() is null)
        {
            return Problems.Invalid400("title", "title says to the customer what they confirm: a tool with an effect needs one.");
        }

        if (asked.Method is not ("GET" or "POST") || (asked.Method == "GET" && asked.Risk == RiskWord.Effect))
        {
            return Problems.Invalid400("method", "method is GET or POST; what has an effect is a POST.");
        }

        if (asked.TimeoutSeconds is < 1 or > 10)
        {
            return Problems.Invalid400("timeout_seconds", "timeout_seconds is a number from 1 to 10.");
        }

        if (HeaderCheck.Wrong(asked.Headers) is { } header)
        {
            return Problems.Invalid400("headers", header);
        }

        if (asked.Parameters is not { } schema || ToolSchema.Read(schema, out var arguments) is { } unfit)
        {
            return Problems.Invalid400("parameters", asked.Parameters is { } given ? ToolSchema.Read(given, out _)! : "parameters is missing: a JSON Schema.");
        }

        return (Url(asked.Url, arguments, http) is { } url ? Problems.Invalid400("url", url) : null)
            ?? (Body(asked, arguments) is { } body ? Problems.Invalid400("body", body) : null);
    }

    private static string? Url(string? template, IReadOnlyList<ToolArgument> arguments, SafeHttp http)
    {
        if (string.IsNullOrWhiteSpace(template) || template.Length > LongestUrl || !template.All(c => c is > ' ' and <= '~') || template.Contains('#', StringComparison.Ordinal))
        {
            return "url is an https address; arguments stand in it as {name}, facts as {{contact.phone}}.";
        }

        var host = template.IndexOf("://", StringComparison.Ordinal) is var at and > 0 ? template[..(template.IndexOfAny(['/', '?'], at + 3) is var end and > 0 ? end : template.Length)] : template;
        if (host.IndexOfAny(['{', '}', '\\', '@', '%']) >= 0)
        {
            return "The host of url is fixed: no argument and no user stands in it.";
        }

        var sample = ToolRequest.Sample(template);
        if (sample.IndexOfAny(['{', '}', '\\']) >= 0 || !Uri.TryCreate(sample, UriKind.Absolute, out _))
        {
            return "url holds {, } or \\ that is no place for an argument.";
        }

        return http.Refusal(sample) ?? Names(template, arguments, needsRequired: true);
    }

    private static string? Body(HttpToolRequest asked, IReadOnlyList<ToolArgument> arguments)
    {
        if (asked.Body is not { } body)
        {
            return null;
        }

        if (asked.Method == "GET" || body.ValueKind != JsonValueKind.Object)
        {
            return "body is a JSON object, for POST: texts in it may hold {name} and {{contact.phone}}.";
        }

        var text = body.GetRawText();
        return text.Length > LongestBody ? $"body has {LongestBody} characters at most." : Names(text, arguments, needsRequired: false);
    }

    private static string? Names(string template, IReadOnlyList<ToolArgument> arguments, bool needsRequired)
    {
        foreach (var (name, isFact) in ToolRequest.NamesIn(template))
        {
            if (isFact && !ToolFacts.Names.Contains(name))
            {
                return $"There is no {{{{{name}}}}}. What the server tells is {string.Join(", ", ToolFacts.Names)}.";
            }

            if (!isFact && !arguments.Any(a => a.Name == name && (a.IsRequired || !needsRequired)))
            {
                return $"{{{name}}} is not among the parameters{(needsRequired ? " that are required" : "")}.";
            }
        }

        return null;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{2,39}\z", RegexOptions.None, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Name();
}
