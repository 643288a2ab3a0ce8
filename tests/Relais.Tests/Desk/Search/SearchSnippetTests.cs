using Relais.Changes;
using Relais.Desk.Search;
using Shouldly;
using Xunit;

namespace Relais.Tests.Desk.Search;

public sealed class SearchSnippetTests
{
    [Theory]
    [InlineData("livre", "Déjà livré ?", "Déjà livré ?", "livré")]
    [InlineData("DEJA LIV", "Déjà livré ?", "Déjà livré ?", "Déjà|livré")]
    [InlineData("est ou", "C'est où, la boutique ?", "C'est où, la boutique ?", "est|où")]
    [InlineData("الطلبيه", "أريدُ الطَّلَبِيَّة غدًا", "أريدُ الطَّلَبِيَّة غدًا", "الطَّلَبِيَّة")]
    [InlineData("kilo", "1 kilo, 2 kilos 🌺 kilomètre", "1 kilo, 2 kilos 🌺 kilomètre", "kilo|kilos|kilomètre")]
    [InlineData("rien", "Bonjour", "Bonjour", "")]
    public void What_was_found_is_marked_in_the_original(string typed, string text, string snippet, string marked)
    {
        var found = SearchSnippet.Of(text, SearchTerms.Of(typed)!, SearchKind.Message);
        found.Text.ShouldBe(snippet);
        string.Join('|', found.Marks.Select(m => found.Text.Substring(m[0], m[1]))).ShouldBe(marked);
    }

    [Fact]
    public void A_long_text_is_cut_around_the_first_place()
    {
        var text = string.Concat(Enumerable.Repeat("lorem ipsum ", 30)) + "votre colis est arrivé " + string.Concat(Enumerable.Repeat("dolor amet ", 30));
        var found = SearchSnippet.Of(text, SearchTerms.Of("colis")!, SearchKind.Message);
        found.Text.ShouldStartWith("…");
        found.Text.ShouldEndWith("…");
        found.Text.Length.ShouldBeLessThanOrEqualTo(162);
        found.Marks.Select(m => found.Text.Substring(m[0], m[1])).ShouldBe(["colis"]);
    }

    [Fact]
    public void A_number_is_one_number_however_it_is_written()
    {
        SearchWords.Of(7, SearchKind.Contact, "Inès", SearchWords.Phone("+33612345")).ShouldBe("§7c ines 33612345 3612345 612345 12345 2345");
        foreach (var typed in (string[])["+33 6 12 34 5", "0033612345", "33612345"])
        {
            SearchTerms.Of(typed)!.Query(isPostgres: false, 7, SearchKind.Contact).ShouldBe("\"§7c\" AND \"33612345\"*");
        }

        SearchTerms.Of("0612 345")!.Query(isPostgres: true, 7, SearchKind.Contact).ShouldBe("'§7c' & '612345':*");
        SearchTerms.Of("0612 345")!.Query(isPostgres: true, 7, SearchKind.Message).ShouldBe("'§7m' & '0612' & '345':*");
        SearchSnippet.Of("Inès +33612345", SearchTerms.Of("0612 345")!, SearchKind.Contact).Marks.ShouldBe([[6, 8]]);
    }

    [Fact]
    public void Nothing_is_searched_for_one_letter_and_nothing_typed_is_more_than_words()
    {
        SearchTerms.Of(" é ").ShouldBeNull();
        SearchTerms.Of("?!").ShouldBeNull();
        SearchTerms.Of("x' OR \"1\"*:&")!.Query(isPostgres: false, 1, SearchKind.Message).ShouldBe("\"§1m\" AND \"x\" AND \"or\" AND \"1\"");
        SearchTerms.Of("trk-123456")!.Query(isPostgres: true, 1, SearchKind.Order).ShouldBe("'§1o' & 'trk' & '123456':*");
        SearchWords.Of(1, SearchKind.Order, "TRK-123456", "trk123456").ShouldBe("§1o trk 123456 trk123456");
        SearchWords.FileNames("""{"type":"media","ref":{"filename":"Facture n°3.pdf"}}""").ShouldBe("Facture n°3.pdf");
    }
}
