using System.Text.Json;
using Relais.Channels;
using Relais.Conversations;
using Relais.Engine.Ai;
using Relais.Foundation;

namespace Relais.FollowUps.Planning;

/// <summary>
/// What a model wrote, as a proposal: read strictly, checked against what it was shown, its words guarded as answers are. Null when it cannot
/// be used. Pure.
/// </summary>
internal static class ProposalReading
{
    private const int LongestText = 1_000;
    private const int LongestReason = 300;
    private const int LongestQuote = 200;
    private const int MostHours = 720;
    private const int MostEvidence = 5;

    public static PlanOutcome? Read(string answer, string planner, PlanContext context)
    {
        try
        {
            using var json = JsonDocument.Parse(Object(answer));
            return Read(json.RootElement, planner, context);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static PlanOutcome? Read(JsonElement json, string planner, PlanContext context)
    {
        var reason = ShortText.Fit(ShortText.OneLine(VisibleText.Strip(json.GetProperty("reason").GetString() ?? "")), LongestReason);
        if (!json.GetProperty("follow_up").GetBoolean())
        {
            return reason.Length == 0 ? null : new PlanOutcome.NotNeeded(planner, null, reason);
        }

        var confidence = json.GetProperty("confidence").GetDouble();
        var language = json.GetProperty("language").GetString();
        if (reason.Length == 0 || confidence is not (>= 0 and <= 1) || language is not ("fr" or "en" or "ar"))
        {
            return null;
        }

        var evidence = Evidence(json, context);
        var steps = Steps(json, language, context);
        return evidence is null || steps is null ? null
            : new PlanOutcome.Proposed(planner, language, (int)Math.Round(confidence * 100), reason, evidence, steps);
    }

    /// <summary>Null when it quotes what was never said.</summary>
    private static List<PlanEvidence>? Evidence(JsonElement json, PlanContext context)
    {
        var evidence = new List<PlanEvidence>();
        foreach (var item in json.GetProperty("evidence").EnumerateArray().Take(MostEvidence))
        {
            var id = item.GetProperty("message_id").GetInt64();
            var quote = ShortText.OneLine(item.GetProperty("quote").GetString() ?? "");
            if (context.Messages.FirstOrDefault(m => m.Id == id) is not { } message
                || !ShortText.OneLine(message.Content).Contains(quote, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            evidence.Add(new PlanEvidence(id, ShortText.Fit(quote, LongestQuote)));
        }

        return evidence;
    }

    /// <summary>Null when one of them cannot be said, or there is none or too many.</summary>
    private static List<ProposedStep>? Steps(JsonElement json, string language, PlanContext context)
    {
        var steps = new List<ProposedStep>();
        var earliest = context.Now;
        foreach (var item in json.GetProperty("steps").EnumerateArray())
        {
            var hours = item.GetProperty("in_hours").GetDouble();
            if (hours is not (>= 0 and <= MostHours) || steps.Count == Math.Min(context.Rule.MaxSteps, RuleSettings.MostSteps)
                || Words(item.GetProperty("text").GetString(), context) is not { } text || !Template(item, language, context, out var template))
            {
                return null;
            }

            var at = context.Times.NextAllowed(Math.Max(earliest, context.Now + (long)(hours * Instants.Hour)));
            steps.Add(new ProposedStep(at, text, template ?? context.RuleTemplate()));
            earliest = at + (context.Rule.SpacingHours * Instants.Hour);
        }

        return steps.Count == 0 ? null : steps;
    }

    /// <summary>Null when nothing fit for a customer is left, or it tells what is not for them.</summary>
    private static string? Words(string? written, PlanContext context)
    {
        // The business's own words, whose links may be named: what its people wrote, and what it told its agent.
        var own = context.Messages.Where(m => m.Author is Author.Agent or Author.Flow).Select(m => m.Content).Append(context.Prompt.Instructions ?? "");
        var text = AnswerGuard.Clean(CustomerText.Normalise(written ?? ""), own, context.Prompt)?.Trim();
        return text is { Length: > 0 and <= LongestText } && !ReplyText.PromisesAPerson(text) ? text : null;
    }

    /// <summary>False when the template is none of those that were shown, or a value of it holds a link or has no place.</summary>
    private static bool Template(JsonElement item, string language, PlanContext context, out OutboundContent.Template? template)
    {
        template = null;
        if (!item.TryGetProperty("template", out var named) || named.ValueKind == JsonValueKind.Null || named.GetString() is not { Length: > 0 } name)
        {
            return true;
        }

        var known = context.Templates.Where(t => t.Name == name).OrderByDescending(t => t.Language.StartsWith(language, StringComparison.Ordinal)).FirstOrDefault();
        var values = item.TryGetProperty("variables", out var given) && given.ValueKind == JsonValueKind.Object
            ? given.EnumerateObject().ToDictionary(v => v.Name, v => ShortText.OneLine(VisibleText.Strip(v.Value.ToString())), StringComparer.Ordinal) : [];
        if (known is null || !known.Variables.Order(StringComparer.Ordinal).SequenceEqual(values.Keys.Select(k => $"body.{k}").Order(StringComparer.Ordinal))
            || values.Values.Any(v => v.Length is 0 or > 200 || !AnswerGuard.MayBeQuoted(v, context.Prompt)))
        {
            return false;
        }

        template = new OutboundContent.Template(known.Name, known.Language) { Body = values.Count == 0 ? null : values };
        return true;
    }

    /// <summary>Some models put their JSON between fences.</summary>
    private static string Object(string answer)
    {
        var (start, end) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        return start < 0 || end < start ? throw new JsonException("no object") : answer[start..(end + 1)];
    }
}
