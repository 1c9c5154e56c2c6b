using Limpet.Cli.Watching;
using Limpet.Cli.Watching.Tree;

namespace Limpet.Cli.Tests.Watching;

public sealed class WatchCourseTests
{
    [Fact]
    public void Note_AllHadEnded_MeasuredNothing()
    {
        using WatchTree tree = new(Environment.ProcessId, isOwnChild: false);
        WatchCourse course = new(tree, TimeSpan.FromSeconds(1), maxRss: null);

        course.Note(new TreePulse(TimeSpan.Zero, 0, null, null, 0, 0, 0));

        Assert.Equal((null, null, null, null), (course.Peak.RssBytes, course.Peak.Fds, course.Peak.Threads, course.Peak.Children));
        Assert.All(course.Series.Values, series => Assert.Empty(series));
    }

    [Fact]
    public void Note_Readings_KeepsTheLargestOfEach()
    {
        using WatchTree tree = new(Environment.ProcessId, isOwnChild: false);
        WatchCourse course = new(tree, TimeSpan.FromSeconds(1), maxRss: null);

        course.Note(new TreePulse(TimeSpan.Zero, 500, null, 7, 3, 2, 0));
        course.Note(new TreePulse(TimeSpan.FromSeconds(1), 400, 350, 9, 2, 1, 0));

        Assert.Equal((500, 350, 9, 3, 1), (course.Peak.RssBytes, course.Peak.PssBytes, course.Peak.Fds, course.Peak.Threads, course.Peak.Children));
        Assert.Equal(500, course.PeakMemory);
    }
}
