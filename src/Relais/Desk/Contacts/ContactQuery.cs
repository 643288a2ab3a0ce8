using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Relais.Conversations.Segments;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk.Contacts;

/// <summary>Which contacts are asked for; every filter that stands here must hold.</summary>
internal sealed record ContactQuery
{
    [FromQuery(Name = "q"), Description("In the name, the number or the e-mail address.")]
    public string? Text { get; init; }

    [FromQuery(Name = "opted_out"), Description("true or false.")]
    public string? OptedOut { get; init; }

    [FromQuery(Name = "label"), Description("Id of a label.")]
    public string? Label { get; init; }

    [FromQuery(Name = "segment"), Description("Id of a segment.")]
    public string? Segment { get; init; }

    [FromQuery(Name = "language"), Description("fr, ar or en.")]
    public string? Language { get; init; }

    [FromQuery(Name = "marketing"), Description("Consent to promotions: granted, withdrawn or unknown.")]
    public string? Marketing { get; init; }

    [FromQuery(Name = "country"), Description("Calling code, e.g. 212.")]
    public string? Country { get; init; }

    [FromQuery(Name = "inbox"), Description("Id of a number they have a conversation at.")]
    public string? Inbox { get; init; }

    [FromQuery(Name = "client"), Description("true or false: customers of the business already.")]
    public string? Client { get; init; }

    [FromQuery(Name = "blocked"), Description("true or false.")]
    public string? Blocked { get; init; }

    [FromQuery(Name = "ordered"), Description("true or false: has an order.")]
    public string? Ordered { get; init; }

    [FromQuery(Name = "within_days"), Description("Wrote in the last days.")]
    public string? WithinDays { get; init; }

    [FromQuery(Name = "before_days"), Description("Wrote, and longer ago than these days.")]
    public string? BeforeDays { get; init; }

    private const int LongestQuestion = 200;

    /// <summary>Null when it can be used; otherwise the refusal that names the parameter. The segment is looked up by <see cref="Filter"/>.</summary>
    public IResult? Read(out SegmentRule rules, out long? segment)
    {
        (rules, segment) = (SegmentRule.Everybody, null);
        if (Text?.Length > LongestQuestion)
        {
            return Problems.Invalid400("q", $"q is longer than {LongestQuestion} characters.");
        }

        if (IdQuery.Read(Segment, "segment", out segment) is { } wrongSegment)
        {
            return wrongSegment;
        }

        // Filters are conditions of segments: they are checked by the same reading, one by one so that a refusal names its parameter.
        var all = new List<SegmentRule>();
        foreach (var (parameter, value, condition) in Conditions())
        {
            if (string.IsNullOrEmpty(value))
            {
                continue;
            }

            if (condition(value) is not { } json || SegmentRules.Read(json.ToJsonString()).Rules is not { } rule)
            {
                return Problems.Invalid400(parameter, Sentence(parameter));
            }

            all.Add(rule);
        }

        rules = new SegmentRule.All(all);
        return null;
    }

    /// <summary>What the store reads by; null when there is no such segment.</summary>
    public async Task<ContactFilter?> Filter(Tx tx, long tenantId, SegmentRule rules, long? segment, long now)
    {
        if (segment is { } id)
        {
            if (await SegmentStore.Find(tx, tenantId, id) is not { } found)
            {
                return null;
            }

            rules = new SegmentRule.All([rules, SegmentRules.Stored(found.Rules)]);
        }

        return new ContactFilter(string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(), SegmentSql.Where(rules, now));
    }

    private IEnumerable<(string Parameter, string? Value, Func<string, JsonObject?> Condition)> Conditions()
    {
        yield return ("opted_out", OptedOut, v => Flag(v, "opted_out"));
        yield return ("label", Label, v => Number(v) is { } id ? new JsonObject { ["is"] = "label", ["label_id"] = id } : null);
        yield return ("language", Language, v => new JsonObject { ["is"] = "language", ["value"] = v });
        yield return ("marketing", Marketing, v => new JsonObject { ["is"] = "consent", ["purpose"] = "marketing", ["state"] = v });
        yield return ("country", Country, v => new JsonObject { ["is"] = "country", ["calling_code"] = v.Trim() });
        yield return ("inbox", Inbox, v => Number(v) is { } id ? new JsonObject { ["is"] = "inbox", ["inbox_id"] = id } : null);
        yield return ("client", Client, v => Flag(v, "client"));
        yield return ("blocked", Blocked, v => Flag(v, "blocked"));
        yield return ("ordered", Ordered, v => Flag(v, "order"));
        yield return ("within_days", WithinDays, v => Number(v) is { } days ? new JsonObject { ["is"] = "last_inbound", ["within_days"] = days } : null);
        yield return ("before_days", BeforeDays, v => Number(v) is { } days ? new JsonObject { ["is"] = "last_inbound", ["before_days"] = days } : null);
    }

    private static JsonObject? Flag(string value, string condition) => value is "true" or "false"
        ? new JsonObject { ["is"] = condition, ["not"] = value == "false" } : null;

    private static long? Number(string value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Sentence(string parameter) => parameter switch
    {
        "label" or "inbox" => $"{parameter} is the id of one, a number above 0.",
        "language" => "language is fr, ar or en.",
        "marketing" => "marketing is granted, withdrawn or unknown.",
        "country" => "country is a calling code, such as 212 or 33.",
        "within_days" or "before_days" => $"{parameter} is a number of days, 0 to 36500.",
        _ => $"{parameter} is true or false.",
    };
}
