using System.Globalization;
using Relais.Channels;
using static Relais.Channels.OutboundContent;

namespace Relais.Tests.Channels;

/// <summary>One message of every kind of content, and of every form that its wire shape takes, by the name of its payload file.</summary>
internal static class OutboundSamples
{
    public static readonly SenderIdentity Customer = new("33612340001", "+33612340001", "FR.1");

    private static readonly MediaFile Photo = new(
        "/data/photo", new string('a', 64), "image/jpeg", 1000, "photo.jpg", new Uri("https://bot.example/media/1/photo.jpg?s=x"));

    public static IReadOnlyDictionary<string, OutboundMessage> All { get; } = new Dictionary<string, OutboundMessage>(StringComparer.Ordinal)
    {
        ["text"] = Of(new Text("Bonjour 🍞 https://shop.example")),
        ["text-without-preview"] = Of(new Text("https://shop.example", PreviewUrl: false)),
        ["text-quoting"] = Of(new Text("Oui, celui-là.")) with { Quotes = "wamid.QUOTED" },
        ["image-link"] = Of(new Image { Link = "https://shop.example/a.jpg", Caption = "Le *pain*" }),
        ["image-uploaded"] = Of(new Image { MediaId = 7 }) with { File = Photo, AssetId = "1479537139650973" },
        ["video"] = Of(new Video { Link = "https://shop.example/a.mp4" }),
        ["audio-voice"] = Of(new Audio { MediaId = 7, Voice = true }) with { File = Photo, AssetId = "1013859600285441" },
        ["audio"] = Of(new Audio { Link = "https://shop.example/a.mp3" }),
        ["document"] = Of(new Document { MediaId = 7, Filename = "facture.pdf", Caption = "Votre facture" }) with { File = Photo, AssetId = "1376223850470843" },
        ["document-own-name"] = Of(new Document { MediaId = 7 }) with { File = Photo, AssetId = "1376223850470843" },
        ["sticker"] = Of(new Sticker { Link = "https://shop.example/a.webp" }),
        ["location"] = Of(new Location(48.8566, 2.3522, "Boulangerie", "1 rue de Paris")),
        ["location-bare"] = Of(new Location(-33.5, -70.25)),
        ["contacts"] = Of(new Contacts(
        [
            new ContactCard("Amal Ben Ali") { Phones = [new ContactPhone("06 12 34 00 02", "CELL"), new ContactPhone("+33612340003", "WORK", "33612340003")], Emails = ["amal@shop.example"], Organisation = "Shop" },
            new ContactCard("عمر"),
        ])),
        ["reaction"] = Of(new Reaction("👍🏽")) with { Quotes = "wamid.REACTED" },
        ["reaction-removed"] = Of(new Reaction("")) with { Quotes = "wamid.REACTED" },
        ["choices-3"] = Of(Choices(3)),
        ["choices-5"] = Of(Choices(5)),
        ["choices-25-page-2"] = Of(Choices(25) with { Page = 1, Language = "en" }),
        ["buttons"] = Of(new Buttons("On continue ?", [new Choice("yes", "Oui ✅"), new Choice("no", "Non")]) { Header = "Commande", Footer = "Merci" }) with { Quotes = "wamid.QUOTED" },
        ["buttons-image"] = Of(new Buttons("Celui-ci ?", [new Choice("yes", "Oui")]) { HeaderMedia = new Image { Link = "https://shop.example/a.jpg" }, Footer = "Merci" }),
        ["buttons-document-uploaded"] = Of(new Buttons("D'accord ?", [new Choice("yes", "Oui")]) { HeaderMedia = new Document { MediaId = 7, Filename = "devis.pdf" } })
            with { File = Photo, AssetId = "1376223850470843" },
        ["list"] = Of(new ChoiceList("Que voulez-vous ?", "Voir",
        [
            new ChoiceSection([new Choice("a", "Pain", "Complet"), new Choice("b", "Brioche")], "Boulangerie"),
            new ChoiceSection([new Choice("c", "Tarte")], "Pâtisserie"),
        ]) { Header = "Carte", Footer = "Prix en euros" }),
        ["list-long-body"] = Of(new ChoiceList(string.Join(' ', Enumerable.Repeat("mot", 250)), "Voir", [new ChoiceSection([new Choice("a", "Pain")])]) { Header = new string('H', 60) }),
        ["url-button"] = Of(new UrlButton("Voici nos dates.", "Voir les dates", "https://shop.example/dates?x=1") { Header = "Dates", Footer = "Sous réserve" }),
        ["location-request"] = Of(new LocationRequest("Où livrer ?")),
        ["product"] = Of(new Product("194836987003835", "SKU-1", "Le voici", "En stock")),
        ["product-list"] = Of(new ProductList("194836987003835", "Carte", "Choisissez", [new ProductSection("Pains", ["SKU-1", "SKU-2"]), new ProductSection("Tartes", ["SKU-3"])])),
        ["catalog"] = Of(new Catalog("Tout voir", "SKU-1")),
        ["catalog-bare"] = Of(new Catalog("Tout voir")),
        ["template-bare"] = Of(new Template("hello_world", "en_US") { ProviderId = Hx }),
        ["template-positional"] = Of(new Template("order_confirmation", "fr")
        {
            Header = Values("1", "TRK1"), Body = Values("2", "42,00 €", "1", "Amal", "10", "dix"), ProviderId = Hx,
            ButtonValues = [new TemplateButton(1, "quick_reply", "yes"), new TemplateButton(0, "url", "TRK1"), new TemplateButton(2, "copy_code", "PAIN10")],
        }),
        ["template-named"] = Of(new Template("welcome_message", "fr") { Body = Values("first_name", "Amal"), ProviderId = Hx }),
        ["template-image"] = Of(new Template("offer", "fr") { HeaderMedia = new Image { Link = "https://shop.example/a.jpg" }, Body = Values("1", "x"), ProviderId = Hx }),
        ["template-document-uploaded"] = Of(new Template("invoice", "fr") { HeaderMedia = new Document { MediaId = 7, Filename = "facture.pdf" }, ProviderId = Hx })
            with { File = Photo, AssetId = "1376223850470843" },
        ["template-location"] = Of(new Template("come", "fr") { HeaderLocation = new Location(1.5, 2.5, "Ici", "1 rue"), ProviderId = Hx }),
    };

    /// <summary>What Twilio has no words for; it says so instead of sending.</summary>
    public static readonly string[] NotOnTwilio = ["reaction", "reaction-removed", "product", "product-list", "catalog", "catalog-bare"];

    private const string Hx = "HX0123456789abcdef0123456789abcdef";

    public static Choices Choices(int count) => new(
        "Quel jour ?", [.. Enumerable.Range(1, count).Select(i => new Choice(string.Create(CultureInfo.InvariantCulture, $"day:{i}"), $"Jour {i}"))]);

    private static Dictionary<string, string> Values(params string[] pairs) =>
        pairs.Chunk(2).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);

    private static OutboundMessage Of(OutboundContent content) => new(4711, Customer, content);
}
