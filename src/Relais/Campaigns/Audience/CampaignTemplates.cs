using Relais.Storage;
using Relais.Templates;

namespace Relais.Campaigns.Audience;

/// <summary>The template of a campaign as the provider has it now.</summary>
/// <param name="ByLanguage">By the language the campaign names; complete when there is no problem.</param>
/// <param name="Code">template_unknown, template_not_approved, template_not_supported or template_variables_missing; null: it can be sent.</param>
/// <param name="Problem">The same as a sentence.</param>
internal sealed record CampaignTemplates(IReadOnlyDictionary<string, StoredTemplate> ByLanguage, string? Code = null, string? Problem = null)
{
    public static async Task<CampaignTemplates> Load(Tx tx, long tenantId, long inboxId, CampaignTemplate wanted)
    {
        var named = await TemplateStore.Named(tx, tenantId, inboxId, wanted.Name);
        var found = new Dictionary<string, StoredTemplate>(StringComparer.Ordinal);
        foreach (var language in wanted.Languages)
        {
            if (named.Find(t => string.Equals(t.Language, language, StringComparison.OrdinalIgnoreCase)) is not { } template)
            {
                return new CampaignTemplates(found, "template_unknown", $"This number has no template {wanted.Name} in {language}.");
            }

            if (!template.IsUsable)
            {
                return new CampaignTemplates(found, "template_not_approved", $"The template {template.Name} ({template.Language}) cannot be sent: WhatsApp says {template.Status}{(template.Reason is { } why ? $" ({why})" : "")}.");
            }

            if (template.Parts.Unsupported is { Count: > 0 } parts)
            {
                return new CampaignTemplates(found, "template_not_supported", $"The template {template.Name} has parts this version cannot fill in: {string.Join(", ", parts)}.");
            }

            found[language] = template;
        }

        return new CampaignTemplates(found);
    }

    /// <summary>Variables of the template that the campaign gives no value for, as fields; those of files and places are apart.</summary>
    public IReadOnlyList<string> Unmapped(CampaignTemplate wanted) =>
    [
        .. ByLanguage.Values.SelectMany(t => TemplateGate.Show(t).Variables).Distinct(StringComparer.Ordinal)
            .Where(f => !wanted.Variables.ContainsKey(f) && !(f == "header_media" && wanted.HeaderMedia is not null) && !(f == "header_location" && wanted.HeaderLocation is not null)),
    ];
}
