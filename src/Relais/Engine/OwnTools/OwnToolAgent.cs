using System.Text.Json;
using System.Text.Json.Nodes;
using Relais.Commerce.Messages;
using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.OwnTools;

/// <summary>
/// A business's own tools as the agent calls them in one turn. What only reads runs at once; what has an effect writes a question and
/// comes back with its buttons. Promise: nothing here has an effect, and a tool that fails is a result, not an exception.
/// </summary>
internal sealed class OwnToolAgent(DueTurn due, string language, Database database, Clock clock)
{
    /// <summary>Calls of one turn; honest work takes one or two.</summary>
    private const int MostCalls = 8;

    /// <summary>A model that has gone mad does not fill the customer's phone with questions.</summary>
    private const int MostQuestions = 3;

    /// <summary>For all calls of the turn together: the customer waits for it, on top of the model's own time.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(12);

    private static readonly string Asked = new JsonObject { ["state"] = "asked" }.ToJsonString();

    private readonly IReadOnlyDictionary<string, string> facts = ToolFacts.Of(due, language);
    private TimeSpan spent;
    private int calls;
    private int questions;

    public AgentTool Bind(OwnTool tool) => new(
        tool.Definition, (arguments, cancel) => tool.HasEffect ? Ask(tool, arguments, cancel) : Read(tool, arguments, cancel));

    private async Task<ToolAnswer> Read(OwnTool tool, IReadOnlyDictionary<string, string> arguments, CancellationToken cancel)
    {
        if (++calls > MostCalls || spent >= MostTime)
        {
            return new ToolAnswer(ToolReply.Failed("too_many_calls").ForModel());
        }

        var since = TimeProvider.System.GetTimestamp();
        var reply = await tool.Run(new OwnCall(arguments, facts, null, MostTime - spent), cancel);
        spent += TimeProvider.System.GetElapsedTime(since);
        return new ToolAnswer(reply.ForModel());
    }

    private async Task<ToolAnswer> Ask(OwnTool tool, IReadOnlyDictionary<string, string> arguments, CancellationToken cancel)
    {
        var (nonce, title, turn) = (RecapButton.NewNonce(), tool.Title.In(language), due.Turn);
        if (++questions > MostQuestions || ToolQuestion.Of(language, title, arguments, nonce) is not { } question)
        {
            return new ToolAnswer(ToolReply.Failed("refused").ForModel());
        }

        var now = clock.Micros;
        await database.Write(Scope.Tenant(turn.TenantId), tx => ToolConfirmationStore.Insert(tx, new ToolConfirmation
        {
            TenantId = turn.TenantId, Nonce = nonce, Tool = tool.Name, Title = title, Arguments = JsonSerializer.Serialize(arguments),
            ContactId = turn.ContactId, ConversationId = turn.ConversationId, CreatedAt = now, ExpiresAt = now + ToolConfirmation.Lifetime,
        }), cancel);
        return new ToolAnswer(Asked, [new Decision.Send(question)]);
    }
}
