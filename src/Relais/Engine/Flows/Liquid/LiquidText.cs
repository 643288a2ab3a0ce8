using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Relais.Engine.Flows.Liquid;

/// <summary>
/// The texts of a flow, as Twilio Studio evaluates them: Liquid. Filters and tags do what the reference implementation (liquidjs) does;
/// where Studio is known to be kinder, so is this (hyphens and blanks in paths, a tag left open at the end, objects printed as JSON).
/// Nothing is looked up by reflection, and time, memory and output are bounded (docs/adr/0043).
/// </summary>
internal static class LiquidText
{
    /// <summary>A flow has a few hundred texts, an installation a few dozen flows; beyond that they are read anew.</summary>
    private const int Kept = 4096, LongestKept = 16_384;

    private static readonly ConcurrentDictionary<string, LiquidTemplate> Known = new(StringComparer.Ordinal);

    /// <summary>Renders; never throws, whatever template and context hold.</summary>
    /// <returns>Text "" and a problem when the template is broken; a problem beside a text when something in it was left out.</returns>
    public static LiquidResult Render(string template, JsonObject context, in LiquidLimits limits)
    {
        if (!MayHoldLiquid(template))
        {
            return new LiquidResult(template, null);
        }

        var parsed = Parsed(template);
        if (parsed.Problem is not null)
        {
            return new LiquidResult("", parsed.Problem);
        }

        var run = new LiquidRun(context, limits);
        run.Play(parsed.Nodes);
        return run.IsExhausted ? new LiquidResult("", run.Problem) : new LiquidResult(run.Text, run.Problem);
    }

    /// <summary>What is wrong with a template, for the person who writes it; null when nothing is.</summary>
    public static string? Problem(string template) => MayHoldLiquid(template) ? Parsed(template).Problem ?? Parsed(template).Warning : null;

    private static bool MayHoldLiquid(string template)
    {
        var brace = template.IndexOf('{', StringComparison.Ordinal);
        while (brace >= 0 && brace + 1 < template.Length)
        {
            if (template[brace + 1] is '{' or '%')
            {
                return true;
            }

            brace = template.IndexOf('{', brace + 1);
        }

        return false;
    }

    private static LiquidTemplate Parsed(string template)
    {
        if (Known.TryGetValue(template, out var known))
        {
            return known;
        }

        var parsed = LiquidParser.Parse(template);
        if (template.Length <= LongestKept)
        {
            if (Known.Count >= Kept)
            {
                Known.Clear();
            }

            Known[template] = parsed;
        }

        return parsed;
    }
}

/// <param name="Nodes">What to play; empty when there is a problem.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
/// <param name="Warning">What will be passed over (a filter nobody knows); null for nothing.</param>
internal sealed record LiquidTemplate(IReadOnlyList<LiquidNode> Nodes, string? Problem, string? Warning);
