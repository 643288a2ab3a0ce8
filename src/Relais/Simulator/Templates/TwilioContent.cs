using System.Text.Json.Nodes;

namespace Relais.Simulator.Templates;

/// <summary>A Content resource of Twilio: one language, one or more types of which the first known one is shown.</summary>
internal sealed class TwilioContent(string sid, string account, DateTimeOffset at)
{
    public string Sid { get; } = sid;

    public string Account { get; } = account;

    public DateTimeOffset At { get; } = at;

    public string FriendlyName { get; set; } = "";

    public string Language { get; set; } = "en";

    /// <summary>Samples, by the variable's number.</summary>
    public JsonObject Variables { get; set; } = [];

    /// <summary>By type, e.g. twilio/quick-reply.</summary>
    public JsonObject Types { get; set; } = [];

    /// <summary>unsubmitted, received, pending, approved, rejected, paused or disabled.</summary>
    public string Status { get; set; } = "unsubmitted";

    public string RejectionReason { get; set; } = "";

    /// <summary>Of the approval request: UTILITY, MARKETING or AUTHENTICATION.</summary>
    public string Category { get; set; } = "";

    /// <summary>Of the approval request: the name at WhatsApp.</summary>
    public string TemplateName { get; set; } = "";

    public bool IsApproved => Status == "approved";

    /// <summary>The type that is shown, e.g. twilio/text, with its content.</summary>
    public (string Type, JsonObject Content) Shown => Types.First(t => t.Value is JsonObject) is var type ? (type.Key, (JsonObject)type.Value!) : default;
}

/// <summary>All Content resources, in the order of their creation.</summary>
internal sealed class ContentShelf
{
    // A quick reply sent ad hoc makes a resource each time: Twilio keeps them all, a soak test must not.
    private const int Cap = 20_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, TwilioContent> contents = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    public IReadOnlyList<TwilioContent> All
    {
        get
        {
            lock (gate)
            {
                return [.. contents.Values.OrderBy(c => c.At).ThenBy(c => c.Sid, StringComparer.Ordinal)];
            }
        }
    }

    public TwilioContent? Find(string? sid)
    {
        lock (gate)
        {
            return sid is not null && contents.TryGetValue(sid, out var content) ? content : null;
        }
    }

    public void Put(TwilioContent content)
    {
        lock (gate)
        {
            contents[content.Sid] = content;
            order.Enqueue(content.Sid);
            if (order.Count > Cap)
            {
                contents.Remove(order.Dequeue());
            }
        }
    }

    public bool Remove(string sid)
    {
        lock (gate)
        {
            return contents.Remove(sid);
        }
    }
}
