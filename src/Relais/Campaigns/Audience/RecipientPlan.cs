using System.Buffers.Binary;
using System.Security.Cryptography;
using Relais.Channels;
using Relais.Outbox;
using Relais.Templates;

namespace Relais.Campaigns.Audience;

/// <summary>
/// What a campaign makes of one contact: the values of its template, whether it may get it, whether it is drawn to get nothing. In: the
/// contact and its row of the file. Out: a recipient. Pure; the gate has the last word when the message leaves.
/// </summary>
/// <param name="Template">What is said.</param>
/// <param name="Stored">The template by its languages, as the provider has it.</param>
/// <param name="Columns">Header of the file.</param>
/// <param name="HoldOut">Percent.</param>
/// <param name="Seed">Of the draw.</param>
internal sealed record RecipientPlan(
    CampaignTemplate Template, IReadOnlyDictionary<string, StoredTemplate> Stored, IReadOnlyList<string> Columns, long HoldOut, long Seed)
{
    /// <summary>WhatsApp's longest template text: no single value is longer.</summary>
    private const int LongestValue = 1024;

    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    /// <summary>True when a value comes from the contact's own fields, which are read only then.</summary>
    public bool NeedsFields => Template.Variables.Values.Any(v => v.From == "field" && v.Name is not ("name" or "phone" or "first_name"));

    public Recipient Of(long position, CampaignContact contact, IReadOnlyList<string>? cells, long now)
    {
        var language = LanguageOf(contact);
        var recipient = new Recipient(position, contact.Id, null, contact.Zone, language, None, RecipientState.Waiting);
        if (contact.MergedInto is not null || !contact.HasAddress)
        {
            return recipient.Skip(SkipCode.NoAddress, "This contact has no number on WhatsApp any more.");
        }

        if (Refusal(contact, Stored[language].Category, now) is { } refused)
        {
            return recipient.Skip(refused.Code, refused.Reason);
        }

        var (values, wrong) = Values(contact, cells);
        recipient = recipient with { Variables = values };
        if (wrong is { } problem)
        {
            return recipient.Skip(problem.Code, problem.Reason);
        }

        var filled = TemplateFilling.Fill(Stored[language], Content(Template, language, values));
        if (filled.Problems.Count > 0)
        {
            return recipient.Skip(filled.Missing.Count > 0 ? SkipCode.VariablesMissing : SkipCode.VariablesInvalid, filled.Problems[0].Reason);
        }

        return IsHeldOut(contact.Id) ? recipient with { State = RecipientState.HeldOut } : recipient;
    }

    /// <summary>What this contact would be sent, whether or not they may get it.</summary>
    public OutboundContent.Template Sample(CampaignContact contact, IReadOnlyList<string>? cells) =>
        Content(Template, LanguageOf(contact), Values(contact, cells).Values);

    /// <summary>What the gate would say of the person, whatever is said to them.</summary>
    public static SendDecision.Refused? Refusal(CampaignContact contact, string category, long now)
    {
        var purpose = category == "marketing" ? SendPurpose.Marketing : category == "authentication" ? SendPurpose.Authentication : SendPurpose.Utility;
        return SendRules.Check(new SendFacts(null, contact.OptedOutAt, false)
        {
            IsTemplate = true, Unasked = true, Purpose = purpose, BlockedAt = contact.BlockedAt, MarketingOptedOutAt = contact.MarketingOptedOutAt,
            UtilityOptedOutAt = contact.UtilityOptedOutAt,
        }, now) ?? (purpose == SendPurpose.Marketing && contact is { MarketingNeedsConsent: true, MarketingOptedInAt: null }
            ? new SendDecision.Refused("marketing_not_granted", "The customer has not agreed to promotions, and this business sends them only to those who have.")
            : null);
    }

    /// <summary>The template with these values, as the gate is asked to send it.</summary>
    public static OutboundContent.Template Content(CampaignTemplate template, string language, IReadOnlyDictionary<string, string> values)
    {
        var buttons = values.Where(v => v.Key.StartsWith("buttons[", StringComparison.Ordinal))
            .Select(v => new TemplateButton(int.Parse(v.Key["buttons[".Length..^1], System.Globalization.CultureInfo.InvariantCulture), "url", v.Value)).ToList();
        return new OutboundContent.Template(template.Name, language)
        {
            Header = Of("header."), Body = Of("body."), ButtonValues = buttons.Count == 0 ? null : buttons,
            HeaderMedia = template.HeaderMedia, HeaderLocation = template.HeaderLocation,
        };

        Dictionary<string, string>? Of(string place)
        {
            var own = values.Where(v => v.Key.StartsWith(place, StringComparison.Ordinal))
                .ToDictionary(v => v.Key[place.Length..], v => v.Value, StringComparer.Ordinal);
            return own.Count == 0 ? null : own;
        }
    }

    /// <summary>The same draw whenever it is made: by the campaign's seed and the contact alone.</summary>
    public bool IsHeldOut(long contactId)
    {
        Span<byte> key = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(key, Seed);
        BinaryPrimitives.WriteInt64BigEndian(key[8..], contactId);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(key, hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) % 10_000) < (ulong)(HoldOut * 100);
    }

    private string LanguageOf(CampaignContact contact)
    {
        var own = contact.Language is { Length: > 0 } language
            ? Template.Languages.FirstOrDefault(l => string.Equals(l, language, StringComparison.OrdinalIgnoreCase))
                ?? Template.Languages.FirstOrDefault(l => string.Equals(l.Split('_', '-')[0], language.Split('_', '-')[0], StringComparison.OrdinalIgnoreCase))
            : null;
        return own ?? Template.Languages[0];
    }

    private (Dictionary<string, string> Values, (string Code, string Reason)? Wrong) Values(CampaignContact contact, IReadOnlyList<string>? cells)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, variable) in Template.Variables)
        {
            var raw = Raw(variable, contact, cells);
            if (string.IsNullOrWhiteSpace(raw))
            {
                raw = variable.Otherwise;
            }

            var named = variable.From == "constant" ? field : $"{field} ({variable.From} {variable.Name})";
            if (string.IsNullOrWhiteSpace(raw))
            {
                return (values, (SkipCode.VariablesMissing, $"There is no value for {named}."));
            }

            if (raw.AsSpan().Trim().ContainsAny('\n', '\r', '\t'))
            {
                return (values, (SkipCode.VariablesInvalid, $"The value for {named} has a line break or a tab, which WhatsApp takes in no variable."));
            }

            var value = TemplateValue.Clean(raw);
            if (value.Length > LongestValue)
            {
                return (values, (SkipCode.VariablesInvalid, $"The value for {named} has {value.Length} characters; WhatsApp takes {LongestValue}."));
            }

            values[field] = value;
        }

        return (values, null);
    }

    private string? Raw(CampaignVariable variable, CampaignContact contact, IReadOnlyList<string>? cells) => variable.From switch
    {
        "constant" => variable.Value,
        "column" => cells is null || Place(variable.Name) is not (>= 0 and var place) || place >= cells.Count ? null : cells[place],
        _ => variable.Name switch
        {
            "name" => contact.Fields.GetValueOrDefault("name") ?? contact.Name,
            "first_name" => contact.Name?.Trim().Split(' ')[0],
            "phone" => contact.Phone,
            { } own => contact.Fields.GetValueOrDefault(own),
            null => null,
        },
    };

    private int Place(string? column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i], column, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
