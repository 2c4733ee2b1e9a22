"""The pages of the built site: templates, styles, data downloads, manifest.

Start with :class:`netmap.site.inputs.SiteInput`: registers already redacted for the audience, what
was found in them, the sessions and the feeds. :func:`netmap.site.pages.pages` makes the pages,
:func:`netmap.site.downloads.data_files` the downloads and :func:`netmap.site.manifest.manifest`
the list of all of it. Maps and feeds are drawn elsewhere and only linked to; nothing is written.
"""
