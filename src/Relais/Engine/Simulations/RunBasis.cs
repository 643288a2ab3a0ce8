using System.Security.Cryptography;
using System.Text;
using Relais.Engine.Simulations.Running;

namespace Relais.Engine.Simulations;

/// <summary>
/// All that the verdicts of a whole run rest on, hashed: prompt, FAQs, other AI settings, cases, model. A gate takes the verdicts of a run in the
/// background for its own where the basis is the same, because asking models for all of them takes longer than a request may.
/// </summary>
internal static class RunBasis
{
    /// <summary>Null where a part of it has no number: a prompt that is not kept yet, FAQs that are not stored.</summary>
    public static string? Of(SimulatedBusiness business, IReadOnlyList<StoredCase> cases, SimulatedModel model)
    {
        if (business.Faqs is not null || business.PromptVersion == SimulatedBusiness.Unnumbered)
        {
            return null;
        }

        var text = new StringBuilder().AppendLine(
            $"{business.Name}\n{business.PromptVersion} {business.FaqRevision} {business.AiRevision} {model.Name}");
        foreach (var one in cases)
        {
            text.AppendLine($"{one.Id} {one.Yaml}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
