using System.Text.Json;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A business brings its customers and products in a file, sees what is wrong before anything changes, and takes it back.</summary>
public sealed class FilesOfContacts
{
    [Theory, OnEveryDatabase]
    public async Task A_list_of_customers_is_mapped_looked_through_taken_and_taken_back(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+212612000001", "Amal");
        await phone.Say(relais.Meta, "Bonjour");
        await relais.Settled();
        (await desk.Put("/api/contact-fields", new { fields = new object[] { new { name = "email" }, new { name = "city" } } })).Ok();
        const string file = """
            Téléphone;Nom complet;Langue;Étiquettes;Consentement;E-mail;Ville;Remarque
            0612000001;Amal Idrissi;arabe;VIP;oui;amal@shop.example;Fès;x
            612000002;Bruno;fr;VIP|Gros;non;;Rabat;
            +33 6 12 00 00 03;Chloé;;;;pas une adresse;;
            2,12612E+11;Excel;;;;;;
            0612000005;Dina;klingon;;;;;
            ;Personne;;;;;;
            0612000002;Bruno B.;;;;;;
            """;
        var brought = (await desk.Bring("contacts", file)).Ok();
        brought.Status.ShouldBe(201);
        var proposed = brought.Body.GetProperty("mapping").GetProperty("columns").EnumerateArray().Select(c => c.GetString()).ToList();
        proposed.ShouldBe(["phone", "name", "language", "labels", "marketing_consent", "field:email", "field:city", null]);
        brought.Body.GetProperty("sample").GetArrayLength().ShouldBe(3);
        var id = brought.Body.GetProperty("id").GetInt64();
        (await desk.Post($"/api/imports/{id}/run")).Refused(409, "import_state");
        (await desk.Put($"/api/imports/{id}/mapping", new { columns = new[] { "phone" } })).Wrong("columns");
        (await desk.Put($"/api/imports/{id}/mapping", new { columns = proposed, country = "XX" })).Wrong("country");
        (await desk.Put($"/api/imports/{id}/mapping", new { columns = proposed.Select(c => c == "phone" ? null : c) })).Wrong("columns");

        (await desk.Put($"/api/imports/{id}/mapping", new { columns = proposed, country = "MA", proof = "formulaire du salon" })).Ok();
        var looked = await desk.Import(id, "checked");
        looked.Counts().ShouldBe((1, 2, 0, 4), looked.ToString());
        (await desk.Get("/api/contacts")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1, "nothing is changed yet");
        var problems = (await desk.Get($"/api/imports/{id}/problems?language=fr")).Ok().Body.GetProperty("items").EnumerateArray().ToList();
        problems.Select(p => (p.GetProperty("row").GetInt64(), p.GetProperty("column").GetString(), p.GetProperty("code").GetString())).ShouldBe(
        [
            (4L, "E-mail", "bad_value"), (5L, "Téléphone", "cut_number"), (6L, "Langue", "bad_language"), (7L, "Téléphone", "no_phone"),
        ]);
        problems[3].GetProperty("problem").GetString().ShouldBe("Il n'y a pas de numéro de téléphone.");
        (await desk.File($"/api/imports/{id}/problems?language=ar&format=csv")).ShouldContain("لا يوجد رقم هاتف.");

        (await desk.Post($"/api/imports/{id}/run")).Ok();
        var done = await desk.Import(id, "done");
        done.Counts().ShouldBe((1, 2, 0, 4), done.ToString());
        var amal = await desk.ContactOf("+212612000001");
        (amal.GetProperty("name").GetString(), amal.GetProperty("language").GetString(), amal.GetProperty("consents").GetProperty("marketing").GetString())
            .ShouldBe(("Amal Idrissi", "ar", "granted"));
        amal.GetProperty("fields").GetProperty("city").GetString().ShouldBe("Fès");
        amal.GetProperty("labels").GetArrayLength().ShouldBe(1);
        var consent = (await desk.Get($"/api/contacts/{amal.GetProperty("id")}/consents")).Ok().Body.GetProperty("items")[0];
        (consent.GetProperty("source").GetString(), consent.GetProperty("proof").GetString()).ShouldBe(("import", "formulaire du salon"));
        var bruno = await desk.ContactOf("+212612000002");
        (bruno.GetProperty("name").GetString(), bruno.GetProperty("labels").GetArrayLength(), bruno.GetProperty("consents").GetProperty("marketing").GetString())
            .ShouldBe(("Bruno B.", 2, "withdrawn"));
        (await desk.Post($"/api/imports/{id}/run")).Refused(409, "import_state");

        // What somebody changed since stays, and is said; the rest is as it was.
        (await desk.Patch($"/api/contacts/{amal.GetProperty("id")}", new { name = "Mme Idrissi" })).Ok();
        var undone = await desk.Undone(id);
        (undone.GetProperty("undone").GetInt64(), undone.GetProperty("kept").GetInt64()).ShouldBe((2, 1));
        amal = await desk.ContactOf("+212612000001");
        (amal.GetProperty("name").GetString(), amal.GetProperty("consents").GetProperty("marketing").GetString(), amal.GetProperty("labels").GetArrayLength())
            .ShouldBe(("Mme Idrissi", "unknown", 0));
        amal.GetProperty("fields").EnumerateObject().ShouldBeEmpty();
        (await desk.Get("/api/contacts?q=%2B212612000002")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await desk.Send(HttpMethod.Delete, $"/api/imports/{id}")).Ok();
        (await desk.Get($"/api/imports/{id}")).Refused(404, "not_found");
    }

    [Theory, OnEveryDatabase]
    public async Task What_is_exported_is_imported_again_without_a_change(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Put("/api/contact-fields", new { fields = new object[] { new { name = "city" }, new { name = "company" } } })).Ok();
        (await desk.Imported("contacts", "phone,name,language,labels,marketing_consent,city,company,client\n"
            + "+212612000001,\"=cmd|' /C calc'!A1\",fr,\"a, b\",yes,'Fès,\"-1\",yes\n"
            + "+33612000002,\"Élise \"\"la\"\" grande\",,x|y,no,,'=1,no\n")).Counts().ShouldBe((2, 0, 0, 0));
        var phone = relais.Simulator.Phone("+33611110709", "＝Yanis");
        await phone.Say(relais.Meta, "Bonjour");
        await relais.Settled();

        var file = await desk.File("/api/contacts/export");
        file.ShouldContain("'+212612000001");
        file.ShouldContain("'=cmd");
        var again = await desk.Imported("contacts", file);
        again.Counts().ShouldBe((0, 0, 3, 0), again.ToString());
        (await desk.File("/api/contacts/export")).ShouldBe(file);
        (await desk.File("/api/contacts/export?country=33")).Split("\r\n").Length.ShouldBe(4, "header, two rows, the end");

        const string products = "référence;titre fr;titre ar;prix;devise;stock;image\nP-1;Tapis;زربية;1 234,50;MAD;3;https://shop.example/a.jpg\nP-2;+Lampe;;12,5;;;\nP-3;;;x;MAD;;\n";
        var brought = await desk.Imported("products", products, proposed => new { columns = proposed.GetProperty("columns"), currency = "TND" });
        brought.Counts().ShouldBe((2, 0, 0, 1), brought.ToString());
        var stored = (await desk.Get("/api/products")).Ok().Body.GetProperty("items").EnumerateArray().Where(p => p.GetProperty("sku").GetString()!.StartsWith("P-", StringComparison.Ordinal)).ToList();
        stored.Select(p => (p.GetProperty("price_minor").GetInt64(), p.GetProperty("currency").GetString())).ShouldBe([(123_450, "MAD"), (12_500, "TND")]);
        var catalogue = await desk.File("/api/products/export");
        var count = (await desk.Get("/api/products?limit=200")).Ok().Body.GetProperty("items").GetArrayLength();
        (await desk.Imported("products", catalogue)).Counts().ShouldBe((0, 0, count, 0));
        (await desk.File("/api/products/export")).ShouldBe(catalogue);
        (await desk.Undone(brought.GetProperty("id").GetInt64())).GetProperty("undone").GetInt64().ShouldBe(2);
        (await desk.Get("/api/products?limit=200")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(count - 2);
    }

    [Theory, OnEveryDatabase]
    public async Task What_a_customer_said_outweighs_a_file(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+212612000011", "Amal");
        await phone.Say(relais.Meta, "STOP");
        await relais.Settled();
        var import = await desk.Imported("contacts", "phone,name,marketing\n+212612000011,Amal I.,oui\n");
        import.Counts().ShouldBe((0, 1, 0, 0));
        (await desk.Get($"/api/imports/{import.GetProperty("id")}/problems?language=en")).Ok().Body.GetProperty("items")[0].GetProperty("code").GetString().ShouldBe("withdrawn_stays");
        (await desk.ContactOf("+212612000011")).GetProperty("consents").GetProperty("all").GetString().ShouldBe("withdrawn");

        // Somebody whom the file made and who wrote since is nobody's to delete.
        var made = await desk.Imported("contacts", "phone,name\n+212612000012,Rim\n+212612000013,Sami\n");
        var rim = relais.Simulator.Phone("+212612000012", "Rim");
        await rim.Say(relais.Meta, "Bonjour");
        await relais.Settled();
        var undone = await desk.Undone(made.GetProperty("id").GetInt64());
        (undone.GetProperty("undone").GetInt64(), undone.GetProperty("kept").GetInt64()).ShouldBe((1, 1));
        (await desk.ContactOf("+212612000012")).GetProperty("name").GetString().ShouldBe("Rim");
        (await desk.Get("/api/contacts?q=%2B212612000013")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);

        using var agent = await DeskClient.SignIn(relais, "Nadia", Relais.Tenants.Roles.Agent);
        (await agent.Bring("contacts", "phone\n+212612000014\n")).Refused(403, "forbidden");
        (await desk.Bring("weather", "phone\n+212612000014\n")).Wrong("kind");
        (await desk.Bring("contacts", "phone\n\"+212612000014\n")).Wrong("file");
        (await desk.Bring("contacts", "phone\n")).Wrong("file");
        (await desk.Bring("contacts", [0x50, 0x4B, 3, 4, 0, 0])).Wrong("file");
        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Post($"/api/imports/{made.GetProperty("id")}/undo")).Refused(404, "not_found");
    }
}
