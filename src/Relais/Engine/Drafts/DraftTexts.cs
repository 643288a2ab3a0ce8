using Relais.Engine.Ai;

namespace Relais.Engine.Drafts;

/// <summary>What people are told of a tool that would have done more than read, in the business's language.</summary>
internal static class DraftTexts
{
    /// <param name="language">fr, ar or en.</param>
    /// <param name="tool">The tool's name.</param>
    /// <param name="arguments">As it would have got them.</param>
    public static string Proposal(string language, string tool, IReadOnlyDictionary<string, string> arguments)
    {
        var number = arguments.GetValueOrDefault(AgentTools.TrackingNumber) ?? "?";
        var told = string.Join(", ", arguments.Select(a => $"{a.Key}: {a.Value}"));
        var sentence = (tool, language) switch
        {
            (AgentTools.ConfirmOrder, AgentTexts.Arabic) => $"اسأل الزبون هل يؤكد الطلب {number}",
            (AgentTools.ConfirmOrder, AgentTexts.English) => $"Ask the customer whether to confirm order {number}",
            (AgentTools.ConfirmOrder, _) => $"Demander au client s'il confirme la commande {number}",
            (AgentTools.CancelOrder, AgentTexts.Arabic) => $"اسأل الزبون هل يلغي الطلب {number}",
            (AgentTools.CancelOrder, AgentTexts.English) => $"Ask the customer whether to cancel order {number}",
            (AgentTools.CancelOrder, _) => $"Demander au client s'il annule la commande {number}",
            (AgentTools.ChangeOrder, AgentTexts.Arabic) => $"اسأل الزبون عن تعديل الطلب {number}: {arguments.GetValueOrDefault(AgentTools.Change)}",
            (AgentTools.ChangeOrder, AgentTexts.English) => $"Ask the customer about changing order {number}: {arguments.GetValueOrDefault(AgentTools.Change)}",
            (AgentTools.ChangeOrder, _) => $"Demander au client s'il modifie la commande {number} : {arguments.GetValueOrDefault(AgentTools.Change)}",
            (_, AgentTexts.Arabic) => $"تشغيل {tool} ({told})",
            (_, AgentTexts.English) => $"Run {tool} ({told})",
            _ => $"Lancer {tool} ({told})",
        };
        return $"📋 {sentence}";
    }
}
