namespace Relais.Health.Alerts;

/// <summary>What the mail about a critical error says around the error's own sentence, in the tenant's language.</summary>
internal static class AlertTexts
{
    public static (string Subject, string Text) Mail(string language, string inbox, StoredError error, Uri? console)
    {
        var (subject, intro, code, provider, reference, link) = language switch
        {
            "ar" => ($"Relais: ‏{inbox} لا يعمل", $"الرقم ‏{inbox} لا يستطيع العمل حتى يتدخل أحد:", "الرمز", "كلام مزوّد الخدمة", "مرجع الطلب", "التفاصيل"),
            "en" => ($"Relais: {inbox} has stopped working", $"The number {inbox} cannot work until somebody acts:", "Code", "The provider's words", "Request", "Details"),
            _ => ($"Relais : {inbox} ne fonctionne plus", $"Le numéro {inbox} ne peut plus fonctionner sans intervention :", "Code", "Mots du fournisseur", "Requête", "Détails"),
        };
        var lines = new List<string> { intro, "", error.Message };
        Add(code, error.Code?.ToString());
        Add(provider, error.Details);
        Add(reference, error.Reference);
        Add(link, console?.ToString());
        return (subject, string.Join("\r\n", lines) + "\r\n");

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                lines.Add($"{name}: {value}");
            }
        }
    }
}
