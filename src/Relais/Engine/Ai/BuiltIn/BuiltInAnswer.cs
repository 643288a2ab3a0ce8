using Microsoft.Extensions.AI;
using Relais.Commerce;
using Relais.Foundation;
using Relais.Knowledge;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>
/// The built-in agent's rules, in their order: a person asked for; an order's number; the FAQ (it votes before "where is my
/// order", or "how much is delivery" would be taken for tracking); the question for a number; a person.
/// </summary>
internal sealed class BuiltInAnswer(CustomerBurst burst, string language, string business, bool hasOrderTools = false)
{
    /// <summary>More messages of one burst are searched only together.</summary>
    private const int MostSearches = 4;

    /// <summary>So short a message may be the rest of the one before ("vous livrez" … "à Oran ?").</summary>
    private const int FragmentWords = 3;

    private const string WholeBurst = "faq:all";
    private const string OwnOrders = "orders";
    private const string Act = "act";

    /// <summary>What the customer wants done to an order, or null.</summary>
    private readonly string? act = hasOrderTools ? OrderAction.In(burst) : null;

    /// <summary>The first response to a burst: tool calls, or the text when nothing must be looked up.</summary>
    public IList<AIContent> Begin()
    {
        if (Any(Matter.Person))
        {
            return HandOff(HandoffReason.CustomerAsked);
        }

        var calls = new List<AIContent>();
        foreach (var number in Numbers())
        {
            calls.Add(Call("order:" + number, AgentTools.TrackOrder, AgentTools.TrackingNumber, number));
        }

        var questions = Questions();
        if (act is not null && calls.Count == 1 && questions.Count == 0 && !burst.HasUnread)
        {
            return AskFor(act, Numbers()[0]);
        }

        if (calls.Count > 0 && burst.Messages.Any(m => m.WantsAction))
        {
            return HandOff(HandoffReason.NoAnswerFound);
        }

        if (act is not null && calls.Count == 0 && questions is [_])
        {
            calls.Add(Call(OwnOrders, AgentTools.ListMyOrders));
        }

        for (var i = 0; i < Math.Min(questions.Count, MostSearches); i++)
        {
            calls.Add(Call($"faq:{i}", AgentTools.SearchKnowledge, AgentTools.Question, questions[i].Text));
        }

        if (questions.Count > 1)
        {
            var joined = string.Join('\n', questions.Select(q => q.Text));
            calls.Add(Call(WholeBurst, AgentTools.SearchKnowledge, AgentTools.Question, joined.Length <= 2_000 ? joined : joined[..2_000]));
        }

        return calls.Count > 0 ? calls
            : burst.HasUnread ? HandOff(HandoffReason.UnreadableMessage)
            : Say(SmallTalk());
    }

    /// <summary>The response once the tools have answered.</summary>
    public IList<AIContent> After(IReadOnlyDictionary<string, object?> results)
    {
        if (results.TryGetValue(Act, out var asked))
        {
            return NotAsked(AgentTools.ReadAsked(asked));
        }

        var parts = new List<string>();
        foreach (var number in Numbers())
        {
            if (AgentTools.ReadOrder(results.GetValueOrDefault("order:" + number)) is not { } order)
            {
                return HandOff(HandoffReason.OrderNotFound);
            }

            parts.Add(OrderTexts.Status(language, order));
        }

        var questions = Questions();
        if (questions.Count > 0 && !AnswerAll(questions, results, parts))
        {
            return act is not null && results.TryGetValue(OwnOrders, out var own) && !burst.HasUnread && burst.Messages.Any(m => m.SpeaksOfOrder)
                ? OnOwnOrder(act, OrderAction.Open(act, AgentTools.ReadOrders(own)))
                : Offer(questions, results)
                ?? HandOff(questions.Exists(q => q.Means(Intent.Person)) ? HandoffReason.CustomerAsked : HandoffReason.NoAnswerFound);
        }

        return burst.HasUnread ? HandOff(HandoffReason.UnreadableMessage) : Say(Greeted(string.Join("\n\n", parts)));
    }

    /// <summary>One plain question that several entries may answer: the customer says which.</summary>
    private List<AIContent>? Offer(List<CustomerWords> questions, IReadOnlyDictionary<string, object?> results) =>
        questions is [var only] && !burst.HasUnread && Numbers().Count == 0 && !IsForPerson(only) && !IsOwnCase(only) && !FaqOffer.WasMade(burst.LastSaid)
        && FaqOffer.IsWorthIt(AgentTools.ReadHits(results.GetValueOrDefault("faq:0")))
            ? [Call("offer", AgentTools.OfferFaqs, AgentTools.Question, only.Text)] : null;

    /// <summary>The one open order; which of several; the number of one we do not know to be theirs, asked once.</summary>
    private IList<AIContent> OnOwnOrder(string wanted, List<OrderFact> open) =>
        open is [var only] ? AskFor(wanted, only.TrackingNumber)
        : OrderAction.Asked(burst.LastSaid) is not null ? HandOff(HandoffReason.NoAnswerFound)
        : Say(Greeted(open.Count == 0 ? OrderAction.AskNumber(language, wanted) : OrderAction.Which(language, wanted, open)));

    private List<AIContent> AskFor(string wanted, string number)
    {
        var call = Call(Act, OrderAction.Tool(wanted), AgentTools.TrackingNumber, number);
        if (wanted == OrderAct.Modify)
        {
            // Cut so that the tool takes it: its question quotes the customer's own words.
            call.Arguments![AgentTools.Change] = ShortText.Fit(ShortText.OneLine(string.Join(" / ", burst.Messages.Select(m => m.Text))), 300);
        }

        return [call];
    }

    /// <summary>Why the customer was not asked to confirm; where they were, the turn has ended with the question.</summary>
    private List<AIContent> NotAsked((OrderAskState State, OrderFact? Order) asked) =>
        asked is { State: OrderAskState.Impossible, Order: { Status: "cancelled" or "confirmed" } done }
            ? Say(Greeted(OrderTexts.Status(language, done)))
            : HandOff(asked.State == OrderAskState.NotFound ? HandoffReason.OrderNotFound : HandoffReason.NoAnswerFound);

    /// <summary>Adds an answer for every question, or says that one is left for a person.</summary>
    private bool AnswerAll(List<CustomerWords> questions, IReadOnlyDictionary<string, object?> results, List<string> parts)
    {
        var hasOrder = parts.Count > 0;
        var found = new List<string>();
        var open = new List<CustomerWords>();
        for (var i = 0; i < questions.Count; i++)
        {
            if (Said(questions[i], $"faq:{i}", results) is { } hit)
            {
                found.Add(hit.Answer.Trim());
            }
            else if (!questions[i].IsComplaint && !IsOwnCase(questions[i]) && PassageAnswer.From(results.GetValueOrDefault($"faq:{i}"), questions[i].Text, language) is { } quoted)
            {
                found.Add(quoted);
            }
            else
            {
                open.Add(questions[i]);
            }
        }

        // Messages that mean nothing alone may mean something together.
        if (open.Count > 0 && !open.Exists(IsForPerson) && Clear(WholeBurst, results, open.Exists(IsOwnCase)) is { } whole && open.TrueForAll(q => found.Count == 0 || q.WordCount <= FragmentWords))
        {
            found.Add(whole.Answer.Trim());
            open.Clear();
        }

        parts.AddRange(found.Distinct(StringComparer.Ordinal));
        var isAnswered = hasOrder || found.Count > 0;
        if (open.TrueForAll(q => isAnswered && !q.IsQuestion) || (hasOrder && open.TrueForAll(q => q.SpeaksOfOrder && !q.WantsAction)))
        {
            return true;
        }

        // Asked once; a second time a person helps better than the same question.
        if (!hasOrder && act is null && !burst.NumberIsAwaited && open.Exists(q => q.SpeaksOfOrder)
            && open.TrueForAll(q => !q.WantsAction && (q.SpeaksOfOrder || !q.IsQuestion)))
        {
            parts.Add(AgentTexts.AskForNumber(language));
            return true;
        }

        return false;
    }

    /// <summary>The entry that answers one message: its very question, or the one that is clearly meant.</summary>
    private FaqHit? Said(CustomerWords question, string call, IReadOnlyDictionary<string, object?> results) =>
        AgentTools.ReadHits(results.GetValueOrDefault(call)).FirstOrDefault(hit => Phrases.Pad(hit.Question) == question.Padded && hit.Answer.Length > 0)
        ?? (IsForPerson(question) ? null : Clear(call, results, IsOwnCase(question)));

    private static FaqHit? Clear(string call, IReadOnlyDictionary<string, object?> results, bool isOwnCase) => ClearAnswer.Among(
        AgentTools.ReadHits(results.GetValueOrDefault(call)), isOwnCase ? FaqClarity.LeastScoreForOwnCase : FaqClarity.LeastScore);

    /// <summary>"It arrived broken", "write to me no more": the owner's answers to questions are none to that.</summary>
    private static bool IsForPerson(CustomerWords words) => words.IsComplaint || words.Means(Intent.Complaint, Intent.Stop, Intent.Person);

    private bool IsOwnCase(CustomerWords question) => question.IsOwnCase
        || question.Means(Intent.Track, Intent.Confirm, Intent.Cancel, Intent.Change, Intent.Thanks, Intent.Greet) || (question.Means(Intent.Order) && question.NamesWhat) || (burst.NumberIsAwaited && question.SpeaksOfOrder);

    private List<string> Numbers() =>
        [.. burst.Messages.SelectMany(m => m.TrackingNumbers).Distinct(StringComparer.Ordinal).Take(TrackingNumbers.Most)];

    private List<CustomerWords> Questions() => [.. burst.Messages.Where(m => m.Matter == Matter.Question)];

    private bool Any(Matter matter) => burst.Messages.Any(m => m.Matter == matter);

    private string SmallTalk() =>
        Any(Matter.AboutUs) ? Greeted(AgentTexts.AboutUs(language, business))
        : Any(Matter.Opening) ? Greeted(AgentTexts.Invite(language))
        : Any(Matter.Thanks) ? AgentTexts.Thanks(language)
        : Any(Matter.Goodbye) ? AgentTexts.Goodbye(language)
        : Any(Matter.Acknowledgement) ? AgentTexts.Acknowledge(language)
        : AgentTexts.Greeting(language, business);

    private string Greeted(string answer) =>
        burst.Messages.Any(m => m.Greets) ? AgentTexts.ShortGreeting(language) + "\n" + answer : answer;

    private static List<AIContent> Say(string text) => [new TextContent(text)];

    private static List<AIContent> HandOff(HandoffReason reason) =>
        [Call("hand_off", AgentTools.HandOff, AgentTools.Reason, AgentTools.WordFor(reason))];

    private static FunctionCallContent Call(string id, string tool) => new(id, tool, new Dictionary<string, object?>(StringComparer.Ordinal));

    private static FunctionCallContent Call(string id, string tool, string argument, string value) =>
        new(id, tool, new Dictionary<string, object?>(StringComparer.Ordinal) { [argument] = value });
}
