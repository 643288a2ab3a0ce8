namespace Relais.Campaigns;

/// <summary>Where a recipient stands with the campaign itself; what became of the message is read from the message.</summary>
internal enum RecipientState
{
    Waiting = 0,

    /// <summary>Its message is queued or further.</summary>
    Taken = 1,
    Skipped = 2,

    /// <summary>Drawn to get nothing, so that there is something to compare with.</summary>
    HeldOut = 3,
}

/// <summary>Somebody (or a row that names nobody) as the campaign found them.</summary>
/// <param name="Position">Row of the file, or place in the audience; the order of sending.</param>
/// <param name="ContactId">Null when the row names nobody, or somebody a second time.</param>
/// <param name="Phone">As in the file, where there is no contact.</param>
/// <param name="Zone">IANA name.</param>
/// <param name="Language">Of the template.</param>
/// <param name="Variables">Values by the template's fields.</param>
/// <param name="State">Waiting, skipped or held out.</param>
/// <param name="Code">Why skipped.</param>
/// <param name="Reason">The same as a sentence.</param>
internal sealed record Recipient(
    long Position, long? ContactId, string? Phone, string Zone, string Language, IReadOnlyDictionary<string, string> Variables,
    RecipientState State, string? Code = null, string? Reason = null)
{
    public Recipient Skip(string code, string reason) => this with { State = RecipientState.Skipped, Code = code, Reason = reason };
}

/// <summary>Why recipients are skipped before the gate is asked; the gate's own codes come beside these.</summary>
internal static class SkipCode
{
    public const string WrongNumber = "wrong_number";
    public const string Duplicate = "duplicate";
    public const string NoContact = "no_contact";
    public const string LeftSegment = "left_segment";
    public const string NoAddress = "no_address";
    public const string VariablesMissing = "variables_missing";
    public const string VariablesInvalid = "variables_invalid";
    public const string Cancelled = "cancelled";
    public const string Failed = "failed";
}

/// <summary>A waiting recipient as the sender takes it.</summary>
internal sealed class WaitingRecipient
{
    public long Position { get; init; }

    public long ContactId { get; init; }

    public string Zone { get; init; } = "";

    public string Language { get; init; } = "";

    public string Variables { get; init; } = "{}";
}
