using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Sorts a mail per operation by 60 patterns of customers, through the static methods of Regex, and interns the topic that it finds: the
/// runtime keeps the last patterns in a cache of its own and the topics for ever, but there are only 360.
/// </summary>
internal sealed class MailTriage : HarmlessTarget
{
    private readonly TopicFinder _finder = new();

    public override Truth Truth => Truth.Harmless(
        "Regex keeps as many patterns as its cache holds, and string.Intern keeps 360 different topics.", "framework", "Clean", "Bounded");

    protected override double Cap => TopicFinder.Topics;

    protected override int CheckedOperations => 400;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        Subjects.Add(_finder.TopicOf(number));
    }
}

internal sealed class TopicFinder
{
    public const int Topics = 360;

    private const int Patterns = 60;
    private const int PatternsPerMail = 4;

    public string TopicOf(int mail)
    {
        string text = $"Dear Sirs, about order {mail % 1_000} and topic T{mail % Topics}: please see ticket {mail}.";
        for (int pattern = 0; pattern < PatternsPerMail; pattern++)
        {
            if (Regex.IsMatch(text, $@"\bticket\s+(?<number>{((mail * PatternsPerMail) + pattern) % Patterns}\d*)\b", RegexOptions.IgnoreCase))
            {
                break;
            }
        }

        Match topic = Regex.Match(text, @"topic (T\d+)");
        return string.Intern(new StringBuilder("mail about ").Append(topic.Groups[1].ValueSpan).ToString());
    }
}
