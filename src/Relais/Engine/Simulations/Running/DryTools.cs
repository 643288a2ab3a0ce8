using Relais.Engine.Ai;

namespace Relais.Engine.Simulations.Running;

/// <summary>A turn's tools without their effects: what only reads is run, what would do something answers that it was simulated.</summary>
internal static class DryTools
{
    private const string Simulated = """{"simulated":true,"done":true}""";

    public static TurnTools Of(TurnTools real, SimulatedBusiness business) => real with
    {
        SearchFaqs = business.Faqs is not { } faqs ? real.SearchFaqs : (question, _) => Task.FromResult<IReadOnlyList<FaqHit>>(
            [.. faqs.Find(question, LanguageDetector.Detect(question).Language).Faqs.Select(m => new FaqHit(m.Id, m.Question, m.Answer, m.Score))]),
        More = [.. real.More.Select(Dry)],
    };

    private static AgentTool Dry(AgentTool tool) => tool.Definition.Risk == ToolRisk.Read ? tool
        : tool with { Run = (_, _) => Task.FromResult(new ToolAnswer(Simulated)) };
}
