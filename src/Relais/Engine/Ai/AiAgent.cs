using System.Text.Json;
using Microsoft.Extensions.AI;
using Relais.Engine.Ai.BuiltIn;
using Relais.Engine.Drafts;
using Relais.Engine.Why;

namespace Relais.Engine.Ai;

/// <summary>
/// Enters: a turn, a model (any IChatClient, the built-in one too) and its tools. Leaves: decisions. Promises: whatever
/// the model does (fails, hangs, loops, talks nonsense), the customer gets an answer or a person; and no word of the model
/// carries out anything, only a tool call does. Failures of the tools themselves are ours and go to the worker, which retries.
/// </summary>
internal sealed class AiAgent(TimeProvider time, ILogger<AiAgent> log, AiAgentLimits? limits = null)
{
    private readonly AiAgentLimits limits = limits ?? AiAgentLimits.Default;

    /// <summary>The decisions of one turn: the language first if it is new, then one reply or one hand-off; empty after mere reactions and taps for another page of a list.</summary>
    public async Task<IReadOnlyList<Decision>> Decide(Turn turn, IChatClient client, TurnTools tools, CancellationToken cancel)
    {
        var unanswered = turn.Unanswered.Where(m => !NeedsNoAnswer(m)).ToList();
        if (unanswered.Count == 0)
        {
            return [];
        }

        // A sticker beside words adds nothing to them.
        if (unanswered.Exists(m => m.Type != "sticker"))
        {
            unanswered.RemoveAll(m => m.Type == "sticker");
        }

        var (language, isNew) = LanguageOf(turn, unanswered);
        turn.Notes?.Speaks(language);
        if (WordlessAnswer.To(turn, unanswered, language) is { } wordless)
        {
            turn.Notes?.Fired("wordless");
            return wordless;
        }

        IReadOnlyList<Decision> decisions = ReservedTopics.AreIn(turn.Prompt.ReservedTopics, unanswered)
            ? [Rule(turn, "reserved_topic", HandOff(language, HandoffReason.ReservedTopic))]
            : turn.Pictures.Count == 0 && unanswered.TrueForAll(TurnConversation.IsUnreadable)
            ? [Rule(turn, "unreadable_message", HandOff(language, HandoffReason.UnreadableMessage))]
            : await Ask(turn, unanswered, language, client, Tools(turn, tools, language), cancel);
        return isNew ? [new Decision.SpeakLanguage(language), .. decisions] : decisions;
    }

    /// <summary>The language to answer a turn in when no model is asked: what the customer writes now, else what they spoke before.</summary>
    public static string LanguageOf(Turn turn) => LanguageOf(turn, turn.Unanswered).Language;

    /// <summary>The same, and whether it is to be remembered: the customer shows it, and did not before.</summary>
    public static (string Language, bool IsNew) Detected(Turn turn) => LanguageOf(turn, turn.Unanswered);

    private static bool NeedsNoAnswer(TurnMessage message) => message.Type == "reaction" || message.IsPageTap;

    private static (string Language, bool IsNew) LanguageOf(Turn turn, IReadOnlyList<TurnMessage> unanswered)
    {
        // The words of a tapped choice are ours: they tell the customer's language only where nothing else has.
        var detected = LanguageDetector.Detect(string.Join('\n', unanswered
            .Where(m => !SandboxJoin.Is(m.Text) && (m.ChoiceId is null || turn.Language is null)).Select(m => m.Text)));
        return detected.Confidence >= LanguageDetector.Sure
            ? (detected.Language, detected.Language != turn.Language)
            : (AgentTexts.Supported(turn.Language ?? turn.DefaultLanguage), false);
    }

    private static List<AgentTool> Tools(Turn turn, TurnTools tools, string language) =>
        turn.IsDraft ? Drafting.Described(AgentTools.Of(tools, language)) : AgentTools.Of(tools, language);

    private async Task<IReadOnlyList<Decision>> Ask(
        Turn turn, List<TurnMessage> unanswered, string language, IChatClient client, List<AgentTool> tools, CancellationToken cancel)
    {
        // One deadline for all model calls of the turn: the lane's lease is 30 s.
        using var deadline = new CancellationTokenSource(limits.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);

        var conversation = new TurnConversation(turn, unanswered, language, tools);
        var calls = 0;
        for (var step = 0; step < limits.Steps; step++)
        {
            if (await Respond(client, conversation, cancel, either.Token) is not { } response)
            {
                return [Rule(turn, "no_response", HandOff(language, HandoffReason.ModelFailed))];
            }

            turn.Notes?.Responded(response);
            var wanted = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
            if (wanted.Count == 0)
            {
                return [Reply(turn, language, Guarded(response, conversation, turn, language))];
            }

            if (wanted.Find(call => call.Name == AgentTools.HandOff) is { } handOff)
            {
                return [HandOff(language, AgentTools.ReasonFrom(ToolDefinition.Text(handOff, AgentTools.Reason)))];
            }

            calls += wanted.Count;
            if (calls > limits.Calls)
            {
                break;
            }

            // All are read before one is run: a response that is partly malformed executes nothing.
            var ready = wanted.ConvertAll(call => Ready(call, tools, turn.Notes));
            if (ready.IndexOf(null) is >= 0 and var unusable)
            {
                log.LogWarning("The model asked for tool {Tool} in a way that cannot be carried out", Shown(wanted[unusable].Name));
                return [Rule(turn, "unusable_call", HandOff(language, HandoffReason.ModelFailed))];
            }

            var results = new List<AIContent>(wanted.Count);
            var decisions = new List<Decision>();
            for (var i = 0; i < wanted.Count; i++)
            {
                var answer = await ready[i]!(cancel);
                conversation.Vouch(answer.OwnWords);
                results.Add(new FunctionResultContent(wanted[i].CallId, answer.Json));
                decisions.AddRange(answer.Decisions);
            }

            // A question with buttons stands alone: no words of the model beside it say what a tap would mean.
            if (decisions.Count > 0)
            {
                return decisions;
            }

            conversation.Add(response.Messages, results);
        }

        return [Rule(turn, "too_many_steps", HandOff(language, HandoffReason.TooManySteps))];
    }

    /// <summary>The model's response, or null when it failed in a way that models fail. Logs the kind, never the text: bodies hold customers' words.</summary>
    private async Task<ChatResponse?> Respond(
        IChatClient client, TurnConversation conversation, CancellationToken cancel, CancellationToken either)
    {
        try
        {
            // WaitAsync, because a client may not listen to its token.
            return await client.GetResponseAsync(conversation.Messages, conversation.Options, either).WaitAsync(either);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning("The model did not answer within {Deadline}", limits.Deadline);
        }
        catch (HttpRequestException failure)
        {
            log.LogWarning("The model's server failed: {Error}, status {Status}", failure.HttpRequestError, failure.StatusCode);
        }
        catch (Exception failure) when (failure is TimeoutException or JsonException or InvalidOperationException or IOException)
        {
            log.LogWarning("The model failed: {Kind}", failure.GetType().Name);
        }

        return null;
    }

    /// <summary>The call, ready to be run; null for an unknown tool or unusable arguments.</summary>
    private static Func<CancellationToken, Task<ToolAnswer>>? Ready(FunctionCallContent call, List<AgentTool> tools, TurnNotes? notes) =>
        tools.Find(t => t.Definition.Name == call.Name) is { } tool && tool.Definition.Read(call) is { } arguments
            ? cancel => Run(tool, arguments, notes, cancel) : null;

    private string Guarded(ChatResponse response, TurnConversation conversation, Turn turn, string language)
    {
        // The built-in agent was told nothing in confidence, but a document that it quotes may hold any link.
        if (response is BuiltInResponse)
        {
            return LinkGuard.Clean(response.Text, conversation.OwnWords, turn.Prompt.AllowedLinks);
        }

        if (AnswerGuard.Clean(response.Text, conversation.OwnWords, turn.Prompt) is { } clean)
        {
            return clean;
        }

        log.LogWarning("A model's answer told what is not for customers and was not sent");
        turn.Notes?.Fired("answer_guard");
        return AgentTexts.Declined(language);
    }

    private static async Task<ToolAnswer> Run(
        AgentTool tool, IReadOnlyDictionary<string, string> arguments, TurnNotes? notes, CancellationToken cancel)
    {
        var since = TimeProvider.System.GetTimestamp();
        var answer = await tool.Run(arguments, cancel);
        notes?.Ran(tool.Definition.Name, arguments, answer.Decisions.OfType<Decision.Propose>().Any() ? null : answer.Json, since);
        return answer;
    }

    private static Decision Reply(Turn turn, string language, string text)
    {
        var answer = ReplyText.Fit(text);
        return answer.Length == 0 ? Rule(turn, "empty_answer", HandOff(language, HandoffReason.ModelFailed))
            : ReplyText.PromisesAPerson(answer) ? Rule(turn, "promised_a_person", HandOff(language, HandoffReason.NoAnswerFound))
            : new Decision.Reply(answer);
    }

    /// <summary>Notes which rule decided.</summary>
    private static Decision Rule(Turn turn, string rule, Decision decision)
    {
        turn.Notes?.Fired(rule);
        return decision;
    }

    private static Decision.HandOff HandOff(string language, HandoffReason reason) => new(reason, AgentTexts.HandOff(language, reason));

    private static string Shown(string name) => name.Length <= 40 ? name : name[..40];
}

/// <summary>How far one turn may go.</summary>
/// <param name="Deadline">For all model calls of a turn together; under the lease of 30 s.</param>
/// <param name="Steps">Times the model is asked. Honest work takes two or three.</param>
/// <param name="Calls">Tool calls in all, so that one response cannot ask for a thousand.</param>
internal sealed record AiAgentLimits(TimeSpan Deadline, int Steps, int Calls)
{
    public static AiAgentLimits Default { get; } = new(TimeSpan.FromSeconds(25), 8, 24);
}
