"""The exceptions of the package, as a tree. Each is defined in the module that raises it.

GlossatorError
    UserError                a person can remedy it
        SiteError            config: the build cannot start
            AnotherBuild     config: another build of the archive is running
            UnusableExtension   extension_points: an extension does not import, or keeps another contract
        MissingModel         annotate: the pipeline of a language is not installed
        LostOriginal         check: an address is not asked for the original of an article
        NotInArchive         extensions.mcp: nothing in the archive has a name or an id
        WrongLine            answer: a line of a question cannot be read; it is caught within the package
        TemplateFault        render: a template cannot be read or filled in
        FileError            one file cannot be used; the others can
            Unusable         disk: a file cannot be read
                Vanished     disk: a file is not there
            FrontMatterError frontmatter: the front matter of a file cannot be read
            Unreadable       extract: no article can be made of a saved file
            TooDeep          markup: the Markdown of an article is nested too deeply
            NotShown         picture_files: a picture is not published
    BuildInterrupted         the build must begin again; nobody need be told
        Overtaken            pipeline: there is something newer to build
        PagesExceeded        pipeline: pages of articles exceeded a limit, which is known now
        DamagedRow           incremental: a stored row is not as it was written, or is missing
    LimitReached             incremental: the work on an article exceeded a limit; it is caught within the package
    WorkerEnded              incremental: the process in which a task ran ended; it is caught within the package
"""


class GlossatorError(Exception):
    """Root of all exceptions that the package raises for reasons of its own."""


class UserError(GlossatorError):
    """Mistake or lack that a person can remedy. The exception says as a sentence what to do."""


class FileError(UserError):
    """File that cannot be used, while the build goes on with the others."""


class BuildInterrupted(GlossatorError):
    """End of a build that must begin again. It is caught within the package."""
