using System.Text.Json;
using Microsoft.Extensions.AI;

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
        if (WordlessAnswer.To(turn, unanswered, language) is { } wordless)
        {
            return wordless;
        }

        if (ReservedTopics.AreIn(turn.Prompt.ReservedTopics, unanswered))
        {
            Decision reserved = HandOff(language, HandoffReason.ReservedTopic);
            return isNew ? [new Decision.SpeakLanguage(language), reserved] : [reserved];
        }

        var decision = unanswered.TrueForAll(TurnConversation.IsUnreadable)
            ? HandOff(language, HandoffReason.UnreadableMessage)
            : await Ask(turn, unanswered, language, client, tools, cancel);
        return isNew ? [new Decision.SpeakLanguage(language), decision] : [decision];
    }

    /// <summary>The language to answer a turn in when no model is asked: what the customer writes now, else what they spoke before.</summary>
    public static string LanguageOf(Turn turn) => LanguageOf(turn, turn.Unanswered).Language;

    private static bool NeedsNoAnswer(TurnMessage message) => message.Type == "reaction" || message.IsPageTap;

    private static (string Language, bool IsNew) LanguageOf(Turn turn, IReadOnlyList<TurnMessage> unanswered)
    {
        var detected = LanguageDetector.Detect(string.Join('\n', unanswered.Where(m => !SandboxJoin.Is(m.Text)).Select(m => m.Text)));
        return detected.Confidence >= LanguageDetector.Sure
            ? (detected.Language, detected.Language != turn.Language)
            : (AgentTexts.Supported(turn.Language ?? turn.DefaultLanguage), false);
    }

    private async Task<Decision> Ask(
        Turn turn, List<TurnMessage> unanswered, string language, IChatClient client, TurnTools tools, CancellationToken cancel)
    {
        // One deadline for all model calls of the turn: the lane's lease is 30 s.
        using var deadline = new CancellationTokenSource(limits.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);

        var conversation = new TurnConversation(turn, unanswered, language);
        var calls = 0;
        for (var step = 0; step < limits.Steps; step++)
        {
            if (await Respond(client, conversation, cancel, either.Token) is not { } response)
            {
                return HandOff(language, HandoffReason.ModelFailed);
            }

            var wanted = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
            if (wanted.Count == 0)
            {
                return Reply(language, LinkGuard.Clean(response.Text, conversation.OwnWords, turn.Prompt.AllowedLinks));
            }

            if (wanted.Find(call => call.Name == AgentTools.HandOff) is { } handOff)
            {
                return HandOff(language, AgentTools.ReasonFrom(Argument(handOff, AgentTools.Reason)));
            }

            calls += wanted.Count;
            if (calls > limits.Calls)
            {
                break;
            }

            var results = new List<AIContent>(wanted.Count);
            foreach (var call in wanted)
            {
                if (await Execute(call, tools, cancel) is not { } result)
                {
                    log.LogWarning("The model asked for tool {Tool} in a way that cannot be carried out", Shown(call.Name));
                    return HandOff(language, HandoffReason.ModelFailed);
                }

                results.Add(new FunctionResultContent(call.CallId, result));
            }

            conversation.Add(response.Messages, results);
        }

        return HandOff(language, HandoffReason.TooManySteps);
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

    /// <summary>A tool's result, or null for an unknown tool or an unusable argument.</summary>
    private static async Task<string?> Execute(FunctionCallContent call, TurnTools tools, CancellationToken cancel) => call.Name switch
    {
        AgentTools.TrackOrder when Argument(call, AgentTools.TrackingNumber) is { Length: > 0 and <= 64 } number =>
            AgentTools.Write(await tools.FindOrder(number, cancel)),
        AgentTools.SearchFaq when Argument(call, AgentTools.Question) is { Length: > 0 and <= 4_000 } question =>
            AgentTools.Write(await tools.SearchFaqs(question, cancel)),
        _ => null,
    };

    private static string? Argument(FunctionCallContent call, string name)
    {
        if (call.Exception is not null || call.Arguments is null || !call.Arguments.TryGetValue(name, out var value))
        {
            return null;
        }

        var text = value switch
        {
            string plain => plain,
            JsonElement { ValueKind: JsonValueKind.String } json => json.GetString(),
            JsonElement { ValueKind: JsonValueKind.Number } json => json.GetRawText(),
            _ => null,
        };
        return text?.Trim();
    }

    private static Decision Reply(string language, string text)
    {
        var answer = ReplyText.Fit(text);
        return answer.Length == 0 ? HandOff(language, HandoffReason.ModelFailed)
            : ReplyText.PromisesAPerson(answer) ? HandOff(language, HandoffReason.NoAnswerFound)
            : new Decision.Reply(answer);
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
