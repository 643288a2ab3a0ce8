using System.Diagnostics;
using Relais.Engine.Ai;
using Relais.Foundation;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Ai;

public sealed class LanguageDetectorTests(ITestOutputHelper output)
{
    /// <summary>None of these lines is among the seeds.</summary>
    private static readonly (string Text, string Language)[] Lines =
    [
        ("Bonjour, pouvez-vous me dire où est mon paquet svp", "fr"), ("j attends mon colis depuis lundi", "fr"), ("vous fermez quand ce soir", "fr"), ("le livreur ne repond pas", "fr"), ("je peux payer en deux fois ?", "fr"),
        ("il reste du stock en noir", "fr"), ("reservation pour quatre personnes samedi", "fr"), ("bonne fete a toute l'equipe", "fr"), ("c trop cher", "fr"), ("jai pas compris votre message", "fr"),
        ("vous avez la meme robe en vert ?", "fr"), ("Est-ce remboursable ?", "fr"), ("la piscine est chauffée ?", "fr"), ("Quelle est la durée du séjour", "fr"), ("TRK123456 toujours rien reçu", "fr"), ("envoyez moi un devis", "fr"),
        ("nouveau client, comment ça se passe", "fr"), ("mon fils a perdu son ticket", "fr"), ("Impossible d'ouvrir le lien", "fr"), ("Votre session a expiré", "fr"), ("merci", "fr"), ("salut", "fr"), ("commande", "fr"), ("livraison", "fr"),
        ("Hi, any news about my parcel?", "en"), ("waiting since monday for my package", "en"), ("when do you close tonight", "en"), ("the driver is not answering", "en"), ("can I pay in two instalments?", "en"),
        ("is the black one in stock", "en"), ("reservation for four people on saturday", "en"), ("happy holidays to the whole team", "en"), ("too expensive", "en"), ("i didnt get your message", "en"),
        ("same dress but green?", "en"), ("Is it refundable?", "en"), ("is the pool heated?", "en"), ("How long is the stay", "en"), ("TRK123456 still nothing received", "en"), ("send me a quote", "en"),
        ("new customer, how does it work", "en"), ("my son lost his ticket", "en"), ("Cannot open the link", "en"), ("Your session has expired", "en"), ("thanks", "en"), ("hello", "en"), ("refund", "en"), ("delivery", "en"),
        ("fin wslat lcommande diali", "ar"), ("chhal kayswa had lproduit", "ar"), ("wach katjiw tal dar", "ar"), ("bghit nchouf chi haja khra", "ar"), ("khoya 3tini chi jawab", "ar"), ("rah ma jawbtouch 3liya", "ar"),
        ("kindir bach nrj3 lflous", "ar"), ("ma3ndich ra9m tatabo3", "ar"), ("waqtech yji livreur", "ar"), ("ch7al tawsil l setif", "ar"), ("saha khouya", "ar"), ("win raki la commande nta3i", "ar"), ("mazal ma jatch", "ar"), ("nheb na3ref soum", "ar"),
        ("3tini", "ar"), ("fin wslat", "ar"), ("bghit", "ar"), ("labas 3likom", "ar"), ("ayna talabi min fadlik", "ar"), ("kifach ndir compte", "ar"),
        ("أين طلبي", "ar"), ("شحال التوصيل لفاس", "ar"), ("واش كاين livraison", "ar"), ("السلام عليكم TRK123456", "ar"), ("شكرا", "ar"),
    ];

    [Fact]
    public void French_English_Arabic_and_Arabizi_are_told_apart()
    {
        var wrong = Lines.Where(line => LanguageDetector.Detect(line.Text) is var d && (d.Language != line.Language || d.Confidence < LanguageDetector.Sure)).ToList();
        foreach (var (text, language) in wrong)
        {
            output.WriteLine($"{language}: {text} => {LanguageDetector.Detect(text)}");
        }

        output.WriteLine($"{Lines.Length - wrong.Count} of {Lines.Length}");
        wrong.Count.ShouldBeLessThanOrEqualTo(Lines.Length * 6 / 100);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("1")]
    [InlineData("TRK1")]
    [InlineData("trk123456")]
    [InlineData("+213 661 23 45 67")]
    [InlineData("👍👍")]
    [InlineData("12/03 14:30")]
    [InlineData("https://example.com")]
    public void What_shows_no_language_is_not_sure_of_one(string text) => LanguageDetector.Detect(text).Confidence.ShouldBeLessThan(LanguageDetector.Sure);

    [Fact]
    public void Every_class_has_at_least_two_hundred_seeds()
    {
        foreach (var seeds in (string[])[LanguageSeeds.French, LanguageSeeds.English, LanguageSeeds.Arabizi])
        {
            seeds.Split(['|', '\n']).Distinct().Count().ShouldBeGreaterThanOrEqualTo(200);
        }
    }

    [Fact]
    public void Detection_is_quick()
    {
        for (var i = 0; i < 2_000; i++)
        {
            LanguageDetector.Detect(Lines[i % Lines.Length].Text);
        }

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 10_000; i++)
        {
            LanguageDetector.Detect(Lines[i % Lines.Length].Text);
        }

        output.WriteLine($"{watch.Elapsed.TotalMicroseconds / 10_000:F2} µs a message");
        (watch.Elapsed.TotalMicroseconds / 10_000).ShouldBeLessThan(200);
    }
}
