namespace Relais.Simulator;

/// <summary>Where a bubble stands: the first four for what the customer wrote, the last two for what they received.</summary>
internal enum BubbleState
{
    Sending = 1,

    /// <summary>Relais answered 200: one tick.</summary>
    Taken = 2,

    /// <summary>Relais refused it, or was not there.</summary>
    NotTaken = 3,

    /// <summary>Relais marked it read: two blue ticks.</summary>
    Seen = 4,
    Arrived = 5,
    Opened = 6,
}

/// <summary>One bubble on a phone.</summary>
/// <param name="id">wamid or MessageSid.</param>
/// <param name="fromCustomer">True for what the phone's owner wrote.</param>
/// <param name="type">text, image, interactive …</param>
/// <param name="text">What is read in the bubble.</param>
/// <param name="at">When.</param>
internal sealed class PhoneMessage(string id, bool fromCustomer, string type, string text, DateTimeOffset at)
{
    public string Id { get; } = id;

    public bool FromCustomer { get; } = fromCustomer;

    public string Type { get; } = type;

    /// <summary>Changes when the customer edits it.</summary>
    public string Text { get; set; } = text;

    public DateTimeOffset At { get; } = at;

    public BubbleState State { get; set; } = fromCustomer ? BubbleState.Sending : BubbleState.Arrived;

    /// <summary>What can be tapped below the bubble.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>What is shown beside the text; null for plain text.</summary>
    public Shown? Extra { get; init; }

    /// <summary>Id of the message it answers, or null.</summary>
    public string? Quotes { get; init; }

    public bool IsEdited { get; set; }

    public bool IsDeleted { get; set; }

    public bool IsPlayed { get; set; }

    /// <summary>The customer's emoji on it; empty for none.</summary>
    public string CustomerReaction { get; set; } = "";

    /// <summary>The business's emoji on it; empty for none.</summary>
    public string BusinessReaction { get; set; } = "";

    /// <summary>Of what was not taken: Relais's status code, null when it did not answer.</summary>
    public int? Answered { get; set; }

    /// <summary>Kept only while a webhook is not taken, to post the very same bytes again.</summary>
    internal SignedWebhook? Webhook { get; set; }

    /// <summary>What statuses of a business's message need.</summary>
    internal Receipt? Receipt { get; init; }
}

/// <summary>Something to tap.</summary>
/// <param name="Id">What comes back when it is tapped.</param>
/// <param name="Title">What is read.</param>
/// <param name="Description">Second line of a list row.</param>
/// <param name="Section">Heading above a list row.</param>
/// <param name="Kind">button, row (of a list) or template (a template's quick reply): each comes back in its own shape.</param>
internal sealed record Choice(string Id, string Title, string? Description = null, string? Section = null, string Kind = "button");

/// <summary>What a status says whose it is.</summary>
/// <param name="Number">The sender.</param>
/// <param name="Phone">The customer.</param>
/// <param name="ProviderId">wamid or MessageSid.</param>
/// <param name="Reference">Meta: biz_opaque_callback_data.</param>
/// <param name="Callback">Twilio: the StatusCallback exactly as the send named it.</param>
/// <param name="Charge">Meta: what it charges the message as; null: free.</param>
internal sealed record Receipt(
    SimulatedNumber Number, SimulatedPhone Phone, string ProviderId, string? Reference, string? Callback, string? Charge);
