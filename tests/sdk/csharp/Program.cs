// The journey of a program with the generated C# client; see ../journey.ts.
using System.Net;
using System.Net.Http.Headers;
using Relais.Client;

using var http = new HttpClient { BaseAddress = new Uri(Environment.GetEnvironmentVariable("RELAIS_URL") ?? "http://127.0.0.1:5080") };
var relais = new RelaisClient(http);
var signedIn = await relais.Login(new LoginRequest { Email = "demo@example.com", Password = "demo123" });
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn.Token);

var contact = await relais.CreateContact(new NewContactBody { Name = "Generated C# client", Phone = "+212612000002", Language = "fr" });
Check(contact.Name == "Generated C# client", "the customer is there");
var note = await relais.AddContactNote(contact.Id, new ContactNoteBody { Message = "From a generated C# client" });
Check(note.Message == "From a generated C# client", "the note is written");
Check((await relais.ListContactNotes(contact.Id)).Items[0].Message == note.Message, "the note is read again");
Check((await relais.ListConversations(limit: 5)).Items.Count <= 5, "a page of five");
try
{
    await relais.GetConversation(7);
    Check(false, "what is not there is refused");
}
catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound)
{
    Console.WriteLine("The generated C# client passes its journey.");
}

static void Check(bool holds, string what)
{
    if (!holds)
    {
        throw new InvalidOperationException(what);
    }
}
