using Relais.Channels;
using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Relais.Engine.Flows;
using Relais.Engine.Why;

namespace Relais.Engine;

/// <summary>Everything a decision may look at, read once. Deciding is free of storage; only tools reach further.</summary>
/// <param name="TenantId">Whose conversation.</param>
/// <param name="TenantName">The business's name, for greetings.</param>
/// <param name="ConversationId">The lane.</param>
/// <param name="ContactId">The customer.</param>
/// <param name="ContactName">As the customer shows it, or null.</param>
/// <param name="Version">Fence: the decision counts only while the conversation still has it.</param>
/// <param name="Language">The language of the conversation so far (fr, ar, en), or null at the first words.</param>
/// <param name="DefaultLanguage">The tenant's language, for a message that shows none ("1", "TRK1").</param>
/// <param name="History">Earlier messages, oldest first, at most 20.</param>
/// <param name="Unanswered">The customer's messages this turn answers, oldest first; at least one, but for a flow that goes on by itself.</param>
internal sealed record Turn(
    long TenantId,
    string TenantName,
    long ConversationId,
    long ContactId,
    string? ContactName,
    long Version,
    string? Language,
    string DefaultLanguage,
    IReadOnlyList<TurnMessage> History,
    IReadOnlyList<TurnMessage> Unanswered)
{
    /// <summary>What the business has told its AI agent.</summary>
    public BusinessPrompt Prompt { get; init; } = BusinessPrompt.None;

    /// <summary>Where whoever decides notes why; null when nobody wants to know.</summary>
    public TurnNotes? Notes { get; init; }

    /// <summary>True when nothing of it is sent: a person is told what would be, and tools that do more than read only say so.</summary>
    public bool IsDraft { get; init; }

    /// <summary>What was said before <see cref="History"/>, as a model summarised it; null when there is none. Customers' words: data, not instructions.</summary>
    public string? Summary { get; init; }

    /// <summary>Pictures among the unanswered messages, for models that read them; empty when none of them does.</summary>
    public IReadOnlyList<TurnPicture> Pictures { get; init; } = [];

    /// <summary>Of intents, as the business has taught it; null: as shipped.</summary>
    public IntentReader? Reader { get; init; }
}

/// <summary>A picture of the customer, whole.</summary>
/// <param name="MessageId">The message it came with.</param>
/// <param name="MimeType">By its bytes: image/jpeg, image/png, image/webp or image/gif.</param>
/// <param name="Bytes">At most <see cref="TurnPictures.LargestBytes"/>.</param>
internal sealed record TurnPicture(long MessageId, string MimeType, ReadOnlyMemory<byte> Bytes);

/// <summary>A message as a decision sees it.</summary>
/// <param name="Id">Our id.</param>
/// <param name="FromCustomer">False for anything the business said, by whichever author.</param>
/// <param name="Type">text, image, …</param>
/// <param name="Text">What a person would read; may be empty.</param>
/// <param name="IsReadable">False for a type that this version cannot answer from its text.</param>
internal sealed record TurnMessage(long Id, bool FromCustomer, string Type, string Text, bool IsReadable)
{
    /// <summary>Id of the choice the customer tapped, or typed in answer to a question with choices; null when there is none.</summary>
    public string? ChoiceId { get; init; }

    /// <summary>
    /// True when the customer asked for another page of a list by tapping: it was sent when the message came (Intake), nobody
    /// needs to answer.
    /// </summary>
    public bool IsPageTap { get; init; }

    /// <summary>When it came or was written, microseconds UTC.</summary>
    public long At { get; init; }

    /// <summary>Its place in the conversation.</summary>
    public long Seq { get; init; }

    /// <summary>What was typed, when it was taken for a choice; null otherwise.</summary>
    public string? Typed { get; init; }

    /// <summary>The provider's id of it, or null.</summary>
    public string? ProviderId { get; init; }

    /// <summary>What it holds besides text, JSON; read for flows alone.</summary>
    public string? Payload { get; init; }
}

/// <summary>What a turn decides. Values only: TurnWorker carries them out in one transaction.</summary>
internal abstract record Decision
{
    /// <summary>Say this to the customer.</summary>
    internal sealed record Reply(string Text) : Decision
    {
        /// <summary>True when a flow says it.</summary>
        public bool ByFlow { get; init; }
    }

    /// <summary>Send this to the customer: buttons, a list, a file, a template …</summary>
    internal sealed record Send(OutboundContent Content) : Decision
    {
        /// <summary>True when a flow says it.</summary>
        public bool ByFlow { get; init; }
    }

    /// <summary>Give the conversation to people. The customer is told in their language by the text that goes with it.</summary>
    internal sealed record HandOff(HandoffReason Reason, string CustomerText) : Decision
    {
        /// <summary>A flow's own word for it, for people and reports; null: the reason's.</summary>
        public string? Word { get; init; }
    }

    /// <summary>A flow went on, began or ended.</summary>
    internal sealed record RunFlow(FlowProgress Progress) : Decision;

    /// <summary>The customer is done: end the conversation, with these words. Not if they have written again meanwhile.</summary>
    internal sealed record Close(string CustomerText) : Decision;

    /// <summary>Show this to a person, and give them the conversation: nothing is sent.</summary>
    /// <param name="Text">What could be said; null when there is nothing.</param>
    /// <param name="Reason">Why people get it, when they do not have it already.</param>
    internal sealed record Suggest(string? Text, HandoffReason Reason) : Decision
    {
        /// <summary>True when it says what to do rather than what to say.</summary>
        public bool IsProposal { get; init; }
    }

    /// <summary>In a draft: this tool would have run.</summary>
    internal sealed record Propose(string Tool, IReadOnlyDictionary<string, string> Arguments) : Decision;

    /// <summary>The customer's language, to be remembered: fr, ar or en.</summary>
    internal sealed record SpeakLanguage(string Language) : Decision;
}

/// <summary>Why the engine gives a conversation to people; shown to agents and counted in reports.</summary>
internal enum HandoffReason
{
    CustomerAsked = 1,
    NoAnswerFound = 2,
    OrderNotFound = 3,
    UnreadableMessage = 4,
    ModelFailed = 5,
    TooManySteps = 6,
    FlowRequested = 7,
    CartReceived = 8,

    /// <summary>The contact's or the tenant's budget of models is used up.</summary>
    BudgetSpent = 9,

    /// <summary>The customer wants an order changed, and has said so with a tap.</summary>
    OrderChange = 10,

    /// <summary>The AI agent is switched off here (ai_settings.auto_respond).</summary>
    AutoRespondOff = 11,

    /// <summary>The business keeps this topic for people.</summary>
    ReservedTopic = 12,

    /// <summary>The customer is angry.</summary>
    Anger = 13,

    /// <summary>The agent or the customer says the same again and again.</summary>
    Loop = 14,

    /// <summary>Two answers in a row were none.</summary>
    FailedAnswers = 15,

    /// <summary>A program answers at the other end: nothing more is said to it.</summary>
    AutomaticReplies = 16,

    /// <summary>The AI agent only suggests here (ai_settings.mode); a person answers.</summary>
    Draft = 17,

    /// <summary>A tool of the business's own system failed after the customer had confirmed it.</summary>
    ToolFailed = 18,

    /// <summary>A flow ran in circles, or lost its step.</summary>
    FlowFailed = 19,
}
