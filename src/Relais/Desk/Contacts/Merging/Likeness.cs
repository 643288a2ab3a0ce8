using Relais.Conversations;
using Relais.Foundation;

namespace Relais.Desk.Contacts.Merging;

/// <summary>By what another contact looks like the same person. A name counts with two words at least: half a town is called Mohamed.</summary>
internal sealed record Likeness(IReadOnlySet<string> Numbers, string? Email, string? Name)
{
    public static Likeness To(ContactCard card)
    {
        var numbers = card.Identities.Where(i => (IdentityKind)i.Kind != IdentityKind.UserId).Select(i => i.Value).Append(card.Phone)
            .OfType<string>().Select(Digits).ToHashSet(StringComparer.Ordinal);
        return new Likeness(numbers, card.Values.FirstOrDefault(v => v.Name == "email")?.Value, FullName(card.Name));
    }

    public IReadOnlyList<string> Reasons(FoundContact contact)
    {
        var reasons = new List<string>(3);
        if (new[] { contact.Phone, contact.WaId }.OfType<string>().Any(n => Numbers.Contains(Digits(n))))
        {
            reasons.Add("phone");
        }

        if (Email is not null && string.Equals(Email, contact.Email, StringComparison.OrdinalIgnoreCase))
        {
            reasons.Add("email");
        }

        if (Name is not null && FullName(contact.Name) == Name)
        {
            reasons.Add("name");
        }

        return reasons;
    }

    private static string Digits(string number) => PhoneVariants.Canonical(number).TrimStart('+');

    private static string? FullName(string? name) =>
        name is not null && TextFolding.FoldWords(name) is { } folded && folded.Contains(' ', StringComparison.Ordinal) ? folded : null;
}
