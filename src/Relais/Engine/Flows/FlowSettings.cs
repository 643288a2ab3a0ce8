using System.Text.Json;
using Relais.Foundation;

namespace Relais.Engine.Flows;

/// <summary>What is not part of a Studio definition: what starts a flow here, and how it gets along with people.</summary>
internal sealed record FlowSettings
{
    /// <summary>What starts it; empty: only the API and other flows.</summary>
    public IReadOnlyList<FlowTrigger> Triggers { get; init; } = [];

    /// <summary>Words that start it over while it runs; folded, whole message.</summary>
    public IReadOnlyList<string> RestartWords { get; init; } = [];

    /// <summary>Words that end it while it runs.</summary>
    public IReadOnlyList<string> ExitWords { get; init; } = [];

    /// <summary>end: a person who gives the conversation back ends the run; resume: it goes on where it stood.</summary>
    public string OnRelease { get; init; } = "end";

    /// <summary>Phones that always run the draft, E.164.</summary>
    public IReadOnlyList<string> TestPhones { get; init; } = [];

    /// <summary>Addresses of functions of another installation: function_sid (or its friendly name) to https URL.</summary>
    public IReadOnlyDictionary<string, string> Functions { get; init; } = new Dictionary<string, string>();

    /// <summary>As kept in the table and shown by the API.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ApiJson.Options);

    public static FlowSettings Read(string json) => JsonSerializer.Deserialize<FlowSettings>(json, ApiJson.Options) ?? new FlowSettings();
}

/// <summary>One thing that starts a flow.</summary>
/// <param name="Type">message (any that nobody else has), keyword, first_message, button, out_of_hours, order, campaign_reply.</param>
internal sealed record FlowTrigger(string Type)
{
    /// <summary>keyword: words or phrases, as customers may write them; case, accents and Arabic letter forms do not matter.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>keyword: is (the whole message), contains (as whole words) or starts_with.</summary>
    public string Match { get; init; } = "is";

    /// <summary>button: ids of choices or payloads of template buttons; campaign_reply: ids of campaigns; order: names of events (created, confirmed, …). Empty: any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Numbers it is for; empty: all.</summary>
    public IReadOnlyList<long> InboxIds { get; init; } = [];

    /// <summary>keyword: also while another flow has the conversation.</summary>
    public bool Interrupts { get; init; }
}
