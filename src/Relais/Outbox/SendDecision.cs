using Relais.Channels;
using Relais.Templates;

namespace Relais.Outbox;

/// <summary>What the gate says.</summary>
internal abstract record SendDecision
{
    /// <summary>It goes out as it is: the service window is open.</summary>
    internal sealed record FreeText : SendDecision;

    /// <summary>It goes out as this template, filled in.</summary>
    internal sealed record UseTemplate(OutboundContent.Template Content, SendPurpose Purpose) : SendDecision;

    /// <summary>It may go, and waits in the outbox until then.</summary>
    /// <param name="Until">Microseconds UTC.</param>
    /// <param name="Reason">One sentence for a person.</param>
    /// <param name="Content">What goes then.</param>
    /// <param name="Purpose">What it is for.</param>
    internal sealed record Wait(long Until, string Reason, OutboundContent Content, SendPurpose Purpose) : SendDecision;

    /// <summary>It must not go out; the sentence is for a person and says what can be done.</summary>
    /// <param name="Code">window_closed, opted_out, marketing_opted_out, marketing_not_granted, invalid_content or a template's own.</param>
    /// <param name="Reason">One sentence for a person.</param>
    internal sealed record Refused(string Code, string Reason) : SendDecision
    {
        /// <summary>Templates that could be sent instead.</summary>
        public IReadOnlyList<UsableTemplate> Templates { get; init; } = [];

        /// <summary>The part of the content that is wrong, e.g. <c>items[1].title</c>; null when it is not about a part.</summary>
        public string? Field { get; init; }
    }
}
