using Microsoft.Extensions.AI;
using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Relais.Knowledge;
using Relais.Knowledge.Search;

namespace Relais.Tests.Engine.Ai.Trial;

/// <summary>The built-in agent answering single messages for one shop: a whole turn without storage.</summary>
internal sealed class TrialAgent(string owner)
{
    private readonly IReadOnlyList<(long Id, string Question, string Answer)> shop = TrialSet.Shop(owner);
    private readonly BuiltInChatClient client = new();

    private readonly KnowledgeIndex index = KnowledgeIndex.Build(
        [.. TrialSet.Shop(owner).Select(entry => new Faq { Id = entry.Id, Question = entry.Question, Answer = entry.Answer, Language = owner })], [], [], 1);

    /// <summary>As in a turn, best first.</summary>
    public IReadOnlyList<FaqMatch> Find(string text) => index.Find(text, LanguageDetector.Detect(text).Language).Faqs;

    /// <summary>What the customer reads, or "" when a person gets it.</summary>
    public async Task<string> Answer(string text)
    {
        List<ChatMessage> messages = [new(ChatRole.User, text) { AdditionalProperties = new() { [TurnConversation.Unanswered] = text } }];
        var options = new ChatOptions
        {
            AdditionalProperties = new() { [TurnConversation.Language] = LanguageDetector.Detect(text).Language, [TurnConversation.Business] = "Yasmine" },
        };
        for (var round = 0; round < 3; round++)
        {
            var said = (await client.GetResponseAsync(messages, options)).Messages[0];
            var calls = said.Contents.OfType<FunctionCallContent>().ToList();
            if (calls.Count == 0)
            {
                return said.Text;
            }

            if (calls.Exists(call => call.Name is AgentTools.HandOff or AgentTools.OfferFaqs))
            {
                return "";
            }

            messages.Add(said);
            messages.Add(new(ChatRole.Tool, [.. calls.Select(call => (AIContent)new FunctionResultContent(call.CallId, Result(call)))]));
        }

        return "";
    }

    /// <summary>The topics an answer holds.</summary>
    public IReadOnlyList<string> TopicsIn(string answer) =>
        [.. shop.Where(entry => answer.Contains(entry.Answer, StringComparison.Ordinal)).Select(entry => TrialSet.Topics[(int)entry.Id])];

    private string Result(FunctionCallContent call) => call.Name == AgentTools.SearchKnowledge
        ? AgentTools.Write([.. Find((string)call.Arguments![AgentTools.Question]!).Select(m => new FaqHit(m.Id, m.Question, m.Answer, m.Score))], [])
        : AgentTools.Write((OrderFact?)null);
}
